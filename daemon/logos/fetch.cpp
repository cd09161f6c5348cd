// SPDX-License-Identifier: LGPL-2.1-or-later
#include "logos/fetch.hpp"

#include "base/text.hpp"
#include "http/client.hpp"
#include "http/url.hpp"
#include "uri/redact.hpp"

#include <utility>

namespace relevo::logos {
namespace {

using std::chrono::seconds;

/// A browser that waits for a logo keeps one of its few connections for it.
constexpr http::Deadlines kDeadlines{
    .connect = seconds(4), .first_byte = seconds(5), .silence = seconds(4), .total = seconds(10)};
constexpr std::size_t kLongestUrl = 4096;

bool is_of_server(http::Failure failure) noexcept {
  switch (failure) {
  case http::Failure::Dns:
  case http::Failure::Refused:
  case http::Failure::Tls:
  case http::Failure::ConnectTimeout:
  case http::Failure::FirstByteTimeout:
  case http::Failure::Stalled:
  case http::Failure::TotalTimeout: return true;
  default: return false;
  }
}

http::Request request_of(const Wish& wish) {
  http::Request request;
  request.url = wish.url;
  request.user_agent = wish.requests.user_agent.empty() ? "Relevo" : wish.requests.user_agent;
  request.headers.push_back({"Accept", "image/webp,image/png,image/svg+xml,image/jpeg,image/gif"});
  const auto& own_host = wish.reach.own_host;
  if (!own_host.empty() && equal_nocase(ip::host_of(wish.url), own_host))
    for (const auto& [name, value] : wish.requests.headers)
      request.headers.push_back({name, value});
  request.max_body_bytes = kMostBytes;
  request.deadlines = kDeadlines;
  return request;
}

} // namespace

std::string server_of(const std::string& url) {
  const auto parsed = url.size() > kLongestUrl ? http::Uri() : http::parse_url(url);
  return parsed ? concat(ip::host_of(url), ':', http::port_of(parsed)) : "";
}

tl::expected<Picture, Problem> fetch(const Wish& wish, const gx::CancelToken& token) {
  http::Client client({.proxy = wish.requests.proxy, .reach = wish.reach});
  auto answer = client.fetch(request_of(wish), token);
  if (!answer)
    return tl::unexpected(Problem{std::move(answer.error().message), is_of_server(answer.error().kind)});
  if (answer->status < 200 || answer->status > 299)
    return tl::unexpected(Problem{concat(uri::redact_url(wish.url), " answered ", answer->status)});
  auto picture = read_picture(std::move(answer->body));
  if (!picture)
    return tl::unexpected(Problem{concat(uri::redact_url(wish.url), " is no picture that browsers show")});
  return *std::move(picture);
}

} // namespace relevo::logos
