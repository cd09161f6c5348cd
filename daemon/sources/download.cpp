// SPDX-License-Identifier: LGPL-2.1-or-later
// One request, its body written as it comes.
#include "sources/download.hpp"

#include "base/text.hpp"
#include "http/client.hpp"
#include "uri/redact.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace relevo::sources {
namespace {

using std::chrono::seconds;

// Panels make large lists only when they are asked, and then send them slowly. All of it together may take
// long; that nothing comes may not.
constexpr http::Deadlines kDeadlines{
    .connect = seconds(10), .first_byte = seconds(120), .silence = seconds(60), .total = seconds(3600)};
constexpr unsigned kNotModified = 304;

struct Close {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

/// "etag:…" or "date:…": the stronger of what the server told.
std::string validator_of(const http::Response& head) {
  if (const auto tag = http::find_header(head.headers, "ETag")) return concat("etag:", *tag);
  if (const auto date = http::find_header(head.headers, "Last-Modified")) return concat("date:", *date);
  return {};
}

void add_validator(http::Headers& headers, std::string_view validator) {
  constexpr std::string_view kTag = "etag:", kDate = "date:";
  if (validator.starts_with(kTag))
    headers.push_back({"If-None-Match", std::string(validator.substr(kTag.size()))});
  else if (validator.starts_with(kDate))
    headers.push_back({"If-Modified-Since", std::string(validator.substr(kDate.size()))});
}

http::Request request_of(const DownloadPlan& plan) {
  http::Request request;
  request.url = plan.url;
  request.user_agent = plan.requests.user_agent.empty() ? "Relevo" : plan.requests.user_agent;
  for (const auto& [name, value] : plan.requests.headers)
    request.headers.push_back({name, value});
  add_validator(request.headers, plan.validator);
  request.max_body_bytes = plan.max_bytes;
  request.deadlines = kDeadlines;
  return request;
}

std::uint64_t length_of(const http::Response& head) {
  const auto text = http::find_header(head.headers, "Content-Length");
  return text ? parse_number<std::uint64_t>(*text).value_or(0) : 0;
}

Cause cause_of(http::Failure failure) {
  switch (failure) {
  case http::Failure::BadUrl:
  case http::Failure::BadHeader:
  case http::Failure::Redirect: return Cause::Address;
  case http::Failure::Dns: return Cause::Dns;
  case http::Failure::Refused: return Cause::Refused;
  case http::Failure::Forbidden: return Cause::Forbidden;
  case http::Failure::Tls: return Cause::Tls;
  case http::Failure::Proxy: return Cause::Proxy;
  case http::Failure::ConnectTimeout:
  case http::Failure::FirstByteTimeout:
  case http::Failure::Stalled:
  case http::Failure::TotalTimeout: return Cause::Timeout;
  case http::Failure::Disconnected:
  case http::Failure::Truncated: return Cause::BrokeOff;
  case http::Failure::BadResponse:
  case http::Failure::TooLarge: return Cause::Unreadable;
  case http::Failure::Cancelled: return Cause::Cancelled;
  case http::Failure::Aborted: break; // by us, who know why
  }
  return Cause::Other;
}

bool is_good(unsigned status) {
  return status >= 200 && status < 300;
}

} // namespace

Got<Downloaded> download(const DownloadPlan& plan,
                         const std::function<void(std::uint64_t, std::uint64_t)>& on_progress,
                         const gx::CancelToken& token) {
  const File file(std::fopen(plan.file.c_str(), "we"));
  if (!file) return fail(Cause::Disk, concat("cannot write ", plan.file, ": ", std::strerror(errno)));
  Downloaded done;
  int write_error = 0;
  auto reach = plan.reach;
  reach.own_host = ip::host_of(plan.url);
  http::Client client({.proxy = plan.requests.proxy, .reach = std::move(reach)});
  const auto answer = client.fetch(request_of(plan), token, [&](const http::Response& head, Bytes part) {
    if (!is_good(head.status)) return true; // the page that goes with an error
    if (std::fwrite(part.data(), 1, part.size(), file.get()) != part.size()) write_error = errno;
    done.bytes += part.size();
    on_progress(done.bytes, length_of(head));
    return write_error == 0;
  });
  if (write_error == 0 && std::fflush(file.get()) != 0) write_error = errno;
  if (write_error != 0)
    return fail(Cause::Disk, concat("cannot write ", plan.file, ": ", std::strerror(write_error)));
  if (!answer) return fail(cause_of(answer.error().kind), answer.error().message);
  done.unchanged = answer->status == kNotModified && !plan.validator.empty();
  if (!done.unchanged && !is_good(answer->status))
    return fail(Cause::Status, concat(uri::redact_url(plan.url), " answered ", answer->status),
                answer->status);
  done.url = answer->url;
  done.validator = done.unchanged ? plan.validator : validator_of(*answer);
  return done;
}

} // namespace relevo::sources
