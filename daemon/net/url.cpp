// SPDX-License-Identifier: LGPL-2.1-or-later
// Decoding of paths and queries.
#include "net/url.hpp"

#include "base/text.hpp"

#include <charconv>
#include <glib.h>

namespace relevo::net {
namespace {

/// Calls `fn` with every part between separators, until it returns an error.
template <class F>
Result<void> for_each_part(std::string_view text, char separator, F fn) {
  for (;;) {
    const auto end = text.find(separator);
    if (auto done = fn(text.substr(0, end)); !done) return done;
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
}

Result<std::string> decode_form_text(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  return percent_decode(spaced);
}

} // namespace

Result<std::string> percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      out += text[at];
      continue;
    }
    const auto digits = text.substr(at + 1, 2);
    unsigned char value = 0;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (error != std::errc{} || stop != digits.data() + 2)
      return fail(concat("% without two hexadecimal digits in ", quote(text)), at);
    out += static_cast<char>(value);
    at += 2;
  }
  // A zero byte is refused here too.
  if (g_utf8_validate_len(out.data(), out.size(), nullptr) == FALSE)
    return fail(concat("no UTF-8 text in ", quote(text)));
  return out;
}

std::string percent_encode(std::string_view text) {
  constexpr const char* kDigits = "0123456789ABCDEF";
  constexpr std::string_view kAsTheyAre = "-._~";
  std::string out;
  for (const char c : text) {
    if (g_ascii_isalnum(c) != FALSE || kAsTheyAre.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    ((out += '%') += kDigits[byte >> 4]) += kDigits[byte & 15];
  }
  return out;
}

Result<std::vector<std::string>> parse_path(std::string_view path) {
  std::vector<std::string> segments;
  const auto done = for_each_part(path.substr(1), '/', [&segments](std::string_view part) -> Result<void> {
    auto segment = percent_decode(part);
    if (!segment) return tl::unexpected(segment.error());
    segments.push_back(*std::move(segment));
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return segments;
}

Result<Fields> parse_query(std::string_view query) {
  Fields fields;
  const auto done = for_each_part(query, '&', [&fields](std::string_view part) -> Result<void> {
    if (part.empty()) return {};
    const auto equals = part.find('=');
    auto name = decode_form_text(part.substr(0, equals));
    if (!name) return tl::unexpected(name.error());
    auto value = decode_form_text(equals == std::string_view::npos ? "" : part.substr(equals + 1));
    if (!value) return tl::unexpected(value.error());
    fields.emplace_back(*std::move(name), *std::move(value));
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return fields;
}

} // namespace relevo::net
