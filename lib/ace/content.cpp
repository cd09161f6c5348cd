// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading of ids and of acestream: URIs.
#include "ace/content.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <optional>

namespace relevo::ace {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view kScheme = "acestream:";
constexpr std::size_t kHashDigits = 40;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool has_scheme(std::string_view text) {
  return text.size() >= kScheme.size() && std::equal(kScheme.begin(), kScheme.end(), text.begin(),
                                                     [](char s, char t) { return s == lower(t); });
}

/// The value of the first parameter of that name.
std::optional<std::string_view> find_parameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto pair = query.substr(0, end);
    const auto equals = pair.find('=');
    if (equals != npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return std::nullopt;
}

std::size_t offset_in(std::string_view whole, std::string_view part) {
  return static_cast<std::size_t>(part.data() - whole.data());
}

Result<Content> read_hash(std::string_view whole, std::string_view part, IdKind kind) {
  auto hash = normalise_hash(part);
  if (hash.empty()) return fail("an AceStream id has 40 hexadecimal digits", offset_in(whole, part));
  return Content{kind, std::move(hash)};
}

Result<Content> read_query(std::string_view whole, std::string_view query) {
  query = query.substr(0, query.find('#'));
  for (const std::string_view name : {"content_id", "id"})
    if (const auto value = find_parameter(query, name)) return read_hash(whole, *value, IdKind::ContentId);
  if (const auto value = find_parameter(query, "infohash")) return read_hash(whole, *value, IdKind::Infohash);
  return fail("names neither content_id nor infohash", offset_in(whole, query));
}

} // namespace

std::string normalise_hash(std::string_view text) {
  std::string hash;
  if (text.size() != kHashDigits) return hash;
  std::transform(text.begin(), text.end(), std::back_inserter(hash), lower);
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return std::all_of(hash.begin(), hash.end(), is_hex) ? hash : std::string();
}

Result<Content> parse_content(std::string_view text) {
  const std::string_view whole = text;
  text = trim(text);
  if (text.empty()) return fail("no AceStream id");
  if (!has_scheme(text)) return read_hash(whole, text, IdKind::ContentId);
  text.remove_prefix(kScheme.size());
  if (text.starts_with("//")) text.remove_prefix(2);
  if (text.starts_with('?')) return read_query(whole, text.substr(1));
  return read_hash(whole, text.substr(0, text.find_first_of("/?#")), IdKind::ContentId);
}

std::string write_uri(const Content& content) {
  return content.kind == IdKind::ContentId ? concat(kScheme, "//", content.hash)
                                           : concat(kScheme, "?infohash=", content.hash);
}

} // namespace relevo::ace
