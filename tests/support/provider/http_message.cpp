// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading requests and writing responses.
#include "provider/http_message.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <ranges>

namespace relevo::provider {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(text[i + 1]) << 4 | hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::string_view take_until(std::string_view& text, std::string_view separator) {
  const auto at = text.find(separator);
  const auto part = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + separator.size());
  return part;
}

std::string lower(std::string_view text) {
  std::string out{text};
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return c >= 'A' && c <= 'Z' ? c | 0x20 : c; });
  return out;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
    text.remove_suffix(1);
  return text;
}

void parse_target(std::string_view target, Request& request) {
  auto path = take_until(target, "?");
  while (!path.empty())
    if (const auto part = take_until(path, "/"); !part.empty())
      request.path.push_back(percent_decode(part, false));
  add_form(target, request);
}

template <class Number>
std::optional<Number> parse_whole(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

} // namespace

std::string_view Request::get(std::string_view name) const {
  const auto all = get_all(name);
  return all.empty() ? std::string_view{} : all.back();
}

std::vector<std::string_view> Request::get_all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [key, value] : query)
    if (key == name) values.push_back(value);
  return values;
}

double Request::number(std::string_view name, double otherwise) const {
  const auto value = parse_whole<double>(get(name));
  return value && std::abs(*value) <= 1e9 ? *value : otherwise; // also false for NaN
}

std::string_view Request::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string_view{} : found->second;
}

std::string Request::query_without(std::string_view name) const {
  std::string text;
  for (const auto& [key, value] : query)
    if (key != name) text += (text.empty() ? '?' : '&') + percent_encode(key) + "=" + percent_encode(value);
  return text;
}

Result<Request> parse_request(std::string_view head) {
  auto line = take_until(head, "\r\n");
  Request request;
  request.method = take_until(line, " ");
  const auto target = take_until(line, " ");
  if (line != "HTTP/1.1" && line != "HTTP/1.0") return fail("not an HTTP/1 request");
  if (!target.starts_with('/')) return fail("the target is not a path");
  parse_target(target, request);
  while (!head.empty()) {
    auto field = take_until(head, "\r\n");
    const auto name = take_until(field, ":");
    request.headers[lower(name)] = trim(field);
  }
  const std::string wish = lower(request.header("connection"));
  request.keep_alive = line == "HTTP/1.1" ? wish != "close" : wish == "keep-alive";
  return request;
}

void add_form(std::string_view form, Request& request) {
  while (!form.empty()) {
    auto pair = take_until(form, "&");
    const auto name = take_until(pair, "=");
    if (!name.empty()) request.query.emplace_back(percent_decode(name, true), percent_decode(pair, true));
  }
}

Response text_response(int status, std::string_view line) {
  return {status, "text/plain", std::string{line} + "\n", {}};
}

Response json_response(std::string body) {
  return {200, "application/json", std::move(body), {}};
}

std::string_view reason_of(int status) {
  switch (status) {
  case 200: return "OK";
  case 206: return "Partial Content";
  case 302: return "Found";
  case 400: return "Bad Request";
  case 401: return "Unauthorized";
  case 403: return "Forbidden";
  case 404: return "Not Found";
  case 405: return "Method Not Allowed";
  case 413: return "Content Too Large";
  case 416: return "Range Not Satisfiable";
  case 431: return "Request Header Fields Too Large";
  case 500: return "Internal Server Error";
  case 503: return "Service Unavailable";
  default: return "Status";
  }
}

std::string write_head(const Response& response, bool keep_alive) {
  std::string head =
      "HTTP/1.1 " + std::to_string(response.status) + " " + std::string{reason_of(response.status)};
  head +=
      "\r\nContent-Type: " + response.type + "\r\nContent-Length: " + std::to_string(response.body.size());
  for (const auto& [name, value] : response.headers)
    head += "\r\n" + name + ": " + value;
  if (!keep_alive) head += "\r\nConnection: close";
  return head + "\r\n\r\n";
}

std::optional<std::pair<std::size_t, std::optional<std::size_t>>> parse_range(std::string_view range) {
  if (take_until(range, "=") != "bytes") return std::nullopt;
  const auto first = parse_whole<std::size_t>(take_until(range, "-"));
  if (!first) return std::nullopt;
  if (range.empty()) return std::pair{*first, std::optional<std::size_t>{}};
  const auto last = parse_whole<std::size_t>(range);
  if (!last || *last < *first) return std::nullopt;
  return std::pair{*first, last};
}

Response apply_range(Response response, std::string_view text) {
  const auto range = parse_range(text);
  if (!range || response.status != 200) return response;
  const std::size_t size = response.body.size();
  if (range->first >= size) {
    response.headers.emplace_back("Content-Range", "bytes */" + std::to_string(size));
    return {416, "text/plain", "", std::move(response.headers)};
  }
  const std::size_t last = std::min(range->second.value_or(size - 1), size - 1);
  response.headers.emplace_back("Content-Range", "bytes " + std::to_string(range->first) + "-" +
                                                     std::to_string(last) + "/" + std::to_string(size));
  response.status = 206;
  response.body = response.body.substr(range->first, last - range->first + 1);
  return response;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const unsigned char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view{"-_.~:@,"}.find(static_cast<char>(c)) != std::string_view::npos;
    if (plain)
      out += static_cast<char>(c);
    else
      (out += '%') += digits[c >> 4], out += digits[c & 15];
  }
  return out;
}

std::string json_string(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\"";
  for (const unsigned char c : text) {
    if (c == '"' || c == '\\')
      (out += '\\') += static_cast<char>(c);
    else if (c < 0x20)
      ((out += "\\u00") += digits[c >> 4]) += digits[c & 15];
    else
      out += static_cast<char>(c);
  }
  return out + '"';
}

} // namespace relevo::provider
