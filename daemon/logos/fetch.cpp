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

bool is_of_server(const http::FetchError& error) noexcept {
  if (error.redirected) return false;
  switch (error.kind) {
  case http::Failure::Dns:
  case http::Failure::Refused:
  case http::Failure::Tls:
  case http::Failure::ConnectTimeout:
  case http::Failure::FirstByteTimeout: return true;
  default: return false;
  }
}

http::Request request_of(const Wish& wish) {
  http::Request request;
  request.url = wish.url;
  request.user_agent = wish.requests.user_agent.empty() ? "Relevo" : wish.requests.user_agent;
  request.headers.push_back({"Accept", "image/webp,image/png,image/svg+xml,image/jpeg,image/gif"});
  const auto wanted = http::parse_url(wish.url), own = http::parse_url(wish.own_url);
  if (wanted && own && http::same_party(own, wanted))
    for (const auto& [name, value] : wish.requests.headers)
      request.headers.push_back({name, value});
  request.max_body_bytes = kMostBytes;
  request.deadlines = kDeadlines;
  return request;
}

} // namespace

std::string key_of(const Wish& wish) {
  if (wish.url.size() > kLongestUrl || !http::parse_url(wish.url)) return "";
  const auto request = request_of(wish);
  auto key = concat(request.url, '\n', request.user_agent, '\n', wish.requests.proxy, '\n',
                    ip::write_reach(wish.reach));
  for (const auto& [name, value] : request.headers)
    key += concat('\n', name, ": ", value);
  return key;
}

std::string server_key_of(const Wish& wish) {
  const auto url = http::parse_url(wish.url);
  return concat(http::host_of(url), ':', http::port_of(url), '\n', wish.requests.proxy);
}

tl::expected<Picture, Problem> fetch(const Wish& wish, const gx::CancelToken& token) {
  http::Client client({.proxy = wish.requests.proxy, .reach = wish.reach});
  auto answer = client.fetch(request_of(wish), token);
  if (!answer) return tl::unexpected(Problem{answer.error().message, is_of_server(answer.error())});
  if (answer->status < 200 || answer->status > 299)
    return tl::unexpected(Problem{concat(uri::redact_url(wish.url), " answered ", answer->status)});
  auto picture = read_picture(std::move(answer->body));
  if (!picture)
    return tl::unexpected(Problem{concat(uri::redact_url(wish.url), " is no picture that browsers show")});
  return *std::move(picture);
}

} // namespace relevo::logos
