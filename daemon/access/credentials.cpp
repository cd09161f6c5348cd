// SPDX-License-Identifier: LGPL-2.1-or-later
#include "access/credentials.hpp"

#include "base/encoding.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cstdint>

namespace relevo::access {
namespace {

/// -1: no letter of Base64.
int digit_of(char c) noexcept {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

std::optional<std::string> read_base64(std::string_view text) {
  while (text.ends_with('='))
    text.remove_suffix(1);
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const int digit = digit_of(c);
    if (digit < 0) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xff);
  }
  return out;
}

} // namespace

std::optional<Login> parse_basic(std::string_view authorization) {
  constexpr std::string_view kScheme = "Basic ";
  if (!starts_with_nocase(authorization, kScheme)) return std::nullopt;
  const auto text = read_base64(trim(authorization.substr(kScheme.size())));
  if (!text || !is_utf8(*text) || text->find('\0') != std::string::npos) return std::nullopt;
  const auto colon = text->find(':');
  if (colon == std::string::npos) return std::nullopt;
  return Login{text->substr(0, colon), text->substr(colon + 1)};
}

std::optional<Login> find_login(const net::Request& request) {
  if (auto basic = parse_basic(request.header("Authorization"))) return basic;
  for (const auto* fields : {&request.parameters, &request.query}) {
    const auto value = [fields](std::string_view name) {
      const auto found = std::ranges::find(*fields, name, &net::Fields::value_type::first);
      return found == fields->end() ? nullptr : &found->second;
    };
    const auto *name = value("username"), *password = value("password");
    if (name && password && !(name->empty() && password->empty())) return Login{*name, *password};
  }
  return std::nullopt;
}

std::string_view find_cookie(std::string_view header, std::string_view name) noexcept {
  while (!header.empty()) {
    const auto end = std::min(header.find(';'), header.size());
    const auto pair = trim(header.substr(0, end));
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
      return pair.substr(name.size() + 1);
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  return {};
}

} // namespace relevo::access
