// SPDX-License-Identifier: LGPL-2.1-or-later
#include "api.hpp"

#include "base/text.hpp"

#include <chrono>
#include <utility>

namespace relevo::ctl {
namespace {

constexpr std::size_t kLargest = std::size_t{1} << 30;
constexpr int kPage = 1000;

/// A dry run reads a whole list before it answers, and a backup copies the whole database.
constexpr std::chrono::minutes kPatience{30};

/// What the daemon says, or what we can say of an answer that is none of its own.
std::string describe(unsigned status, const std::string& body) {
  const auto json = Json::parse(body, nullptr, false);
  if (json.is_object() && json.contains("error") && json["error"].is_object()) {
    const auto& error = json["error"];
    const auto where = error.value("where", "");
    return concat(where, where.empty() ? "" : ": ", error.value("message", "refused"));
  }
  return concat("HTTP status ", status, ": is this a relevod?");
}

} // namespace

Api::Api(std::string url, std::string key) : url_(std::move(url)), key_(std::move(key)) {
  while (url_.ends_with('/'))
    url_.pop_back();
}

http::Request Api::request_to(http::Method method, const std::string& path) const {
  http::Request request{.url = concat(url_, "/api/v1", path), .method = method};
  if (!key_.empty()) request.headers = {{"Authorization", concat("Bearer ", key_)}};
  request.max_body_bytes = kLargest;
  request.max_redirects = 0;
  request.deadlines.first_byte = kPatience;
  request.deadlines.total = std::chrono::milliseconds{0};
  return request;
}

Json Api::call(http::Method method, const std::string& path, const Json* body) {
  auto request = request_to(method, path);
  if (body) {
    request.headers.push_back({"Content-Type", "application/json"});
    request.body = body->dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  return send(request);
}

void Api::upload(const std::string& path, std::string bytes) {
  auto request = request_to(http::Method::Put, path);
  request.body = std::move(bytes);
  send(request);
}

Json Api::send(const http::Request& request) {
  const auto response = client_.fetch(request, {});
  if (!response) throw Failed(response.error().message);
  if (response->status < 200 || response->status > 299)
    throw Failed(describe(response->status, response->body));
  if (response->body.empty()) return {};
  auto json = Json::parse(response->body, nullptr, false);
  if (json.is_discarded()) throw Failed(concat(url_, " answered no JSON: is this a relevod?"));
  return json;
}

void Api::each(const std::string& path, const std::function<void(const Json&)>& take) {
  const char joint = path.find('?') == std::string::npos ? '?' : '&';
  for (std::size_t offset = 0;;) {
    const auto page = get(concat(path, joint, "limit=", kPage, "&offset=", offset));
    for (const auto& item : page.at("items"))
      take(item);
    offset += page["items"].size();
    if (page["items"].empty() || offset >= page.at("total").get<std::size_t>()) return;
  }
}

void Api::download(const std::string& path, const std::function<void(Bytes)>& take) {
  auto request = request_to(http::Method::Get, path);
  request.max_body_bytes = std::numeric_limits<std::size_t>::max();
  std::string refusal;
  const auto response = client_.fetch(request, {}, [&](const http::Response& head, Bytes part) {
    if (head.status == 200)
      take(part);
    else
      refusal += as_text(part);
    return true;
  });
  if (!response) throw Failed(response.error().message);
  if (response->status != 200) throw Failed(describe(response->status, refusal));
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        (c >= '0' && c <= '9') || (to_lower(c) >= 'a' && to_lower(c) <= 'z') || c == '-' || c == '_';
    if (plain)
      out += c;
    else
      out += concat('%', kDigits[byte >> 4], kDigits[byte & 15]);
  }
  return out;
}

} // namespace relevo::ctl
