// SPDX-License-Identifier: LGPL-2.1-or-later
// What stands behind a '|' belongs to the player, unless it makes no sense there.
#include "address.hpp"

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "m3u/parse.hpp"

#include <algorithm>

namespace relevo::m3u {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_alphanumeric(char c) {
  return (to_lower(c) >= 'a' && to_lower(c) <= 'z') || (c >= '0' && c <= '9');
}

/// RFC 9110, section 5.6.2, without the characters that separate headers here.
bool is_header_char(char c) {
  constexpr std::string_view kOthers = "!#$%'*+-.^_`~";
  return is_alphanumeric(c) || kOthers.find(c) != npos;
}

bool is_header(std::string_view text) {
  const auto equals = text.find('=');
  const auto name = trim(text.substr(0, equals));
  return equals != npos && !name.empty() && std::ranges::all_of(name, is_header_char);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = to_lower(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/// The length of what is decoded, which stands at the beginning afterwards.
std::size_t decode_percent(std::span<const char> from, char* to) {
  std::size_t length = 0;
  for (std::size_t at = 0; at < from.size(); ++at) {
    int byte = -1;
    if (from[at] == '%' && at + 2 < from.size()) {
      const int high = hex_digit(from[at + 1]), low = hex_digit(from[at + 2]);
      if (high >= 0 && low >= 0) byte = high << 4 | low;
    }
    to[length++] = byte < 0 ? from[at] : static_cast<char>(byte);
    if (byte >= 0) at += 2;
  }
  return length;
}

/// Decoded in place, unless that would give what no header can carry.
std::string_view decode(Text value) {
  const auto coded = trim(view(value));
  if (coded.find('%') == npos) return coded;
  std::string decoded(coded.size(), '\0');
  decoded.resize(decode_percent(coded, decoded.data()));
  if (has_controls(decoded) || !is_utf8(decoded)) return coded;
  std::ranges::copy(decoded, value.begin());
  return trim(view(value.first(decoded.size())));
}

/// Where the part that begins at `from` ends.
std::size_t end_of_part(std::string_view text, std::size_t from, char separator) {
  return std::min(text.find(separator, from), text.size());
}

/// A command, which may have pipes of its own.
bool is_command(std::string_view text) {
  return starts_with_nocase(text, "pipe:");
}

/// Where the address itself ends: at the '|' before the first part that means something to us.
std::size_t end_of_url(std::string_view text) {
  if (is_command(text)) return text.size();
  for (auto pipe = text.find('|'); pipe != npos; pipe = text.find('|', pipe + 1)) {
    const auto part = trim(text.substr(pipe + 1, end_of_part(text, pipe + 1, '|') - pipe - 1));
    if (has_scheme(part) || is_header(part)) return pipe;
  }
  return text.size();
}

} // namespace

bool has_scheme(std::string_view text) noexcept {
  const auto colon = text.find("://");
  const auto allowed = [](char c) { return is_alphanumeric(c) || c == '+' || c == '-' || c == '.'; };
  return colon != npos && colon != 0 && std::ranges::all_of(text.substr(0, colon), allowed);
}

bool read_headers(Text text, Attributes& out) {
  const auto whole = view(text);
  for (std::size_t at = 0; at < whole.size();) {
    auto end = end_of_part(whole, at, '&');
    // A '&' that begins no header stands in the value.
    while (end < whole.size()) {
      const auto next = end_of_part(whole, end + 1, '&');
      if (is_header(whole.substr(end + 1, next - end - 1))) break;
      end = next;
    }
    const auto part = whole.substr(at, end - at);
    if (is_header(part)) {
      const auto equals = part.find('=');
      const auto value = text.subspan(at + equals + 1, part.size() - equals - 1);
      out.push_back({trim(part.substr(0, equals)), decode(value)});
      if (out.size() > kMaxAttributes) return false;
    }
    at = end + 1;
  }
  return true;
}

bool read_addresses(Text text, std::vector<Address>& out) {
  const auto whole = view(text);
  auto end = end_of_url(whole);
  out.push_back({trim(whole.substr(0, end)), {}});
  while (end < whole.size()) {
    const auto begin = end + 1;
    end = is_command(trim(whole.substr(begin))) ? whole.size() : end_of_part(whole, begin, '|');
    const auto part = trim(whole.substr(begin, end - begin));
    if (has_scheme(part))
      out.push_back({part, {}});
    else if (!read_headers(text.subspan(begin, end - begin), out.back().headers))
      return false;
    if (out.size() > kMaxAttributes) return false;
  }
  return true;
}

} // namespace relevo::m3u
