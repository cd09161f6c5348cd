// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stalker/request.hpp"

#include "base/text.hpp"
#include "stalker/mac.hpp"

namespace relevo::stalker {
namespace {

constexpr std::string_view kPlace = "/ch/";

int hex_value(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = to_lower(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/// Lenient: a % that means nothing is one.
std::string percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(high << 4 | low);
    i += 2;
  }
  return out;
}

/// The first of that name; "": there is none.
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

} // namespace

Identity read_identity(std::string_view cookie, std::string_view authorization) {
  constexpr std::string_view kBearer = "Bearer ";
  Identity identity;
  if (const auto mac = parse_mac(percent_decode(find_cookie(cookie, "mac")))) identity.mac = *mac;
  if (starts_with_nocase(authorization, kBearer)) identity.token = trim(authorization.substr(kBearer.size()));
  if (identity.token.empty()) identity.token = percent_decode(find_cookie(cookie, "token"));
  return identity;
}

std::string write_command(std::int64_t channel) {
  return concat("ffmpeg http://localhost", kPlace, channel, '_');
}

std::optional<std::int64_t> parse_command(std::string_view command) noexcept {
  const auto place = command.rfind(kPlace);
  if (place == command.npos) return std::nullopt;
  auto number = command.substr(place + kPlace.size());
  number = number.substr(0, number.find_first_not_of("0123456789"));
  return parse_number<std::int64_t>(number);
}

Page cut_page(std::string_view wanted, std::size_t items, std::size_t of_a_page) noexcept {
  const auto number = parse_number<std::uint32_t>(wanted).value_or(1);
  Page page;
  page.number = std::max<std::size_t>(number, 1);
  page.first = std::min((page.number - 1) * of_a_page, items);
  page.size = std::min(of_a_page, items - page.first);
  return page;
}

} // namespace relevo::stalker
