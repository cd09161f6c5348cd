// SPDX-License-Identifier: LGPL-2.1-or-later
// Names and ids from their text; the words are read by name_reader.cpp.
#include "lineup/name.hpp"

#include "base/text.hpp"
#include "lineup/fold.hpp"
#include "name_reader.hpp"
#include "tokens.hpp"
#include "vocabulary.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace relevo::lineup {
namespace {

constexpr std::size_t kLongestName = 512; // in bytes; what is longer is no name, and is not worth the time

/// A heading: nothing to read, or signs repeated on both sides.
bool is_separator(std::string_view text, bool has_words) {
  if (!has_words) return true;
  constexpr auto npos = std::string_view::npos;
  constexpr std::string_view kSigns = "#=*-_~<>|.+:";
  text = trim(text);
  return text.size() > 4 && text[0] == text[1] && kSigns.find(text[0]) != npos &&
         text[text.size() - 2] == text.back() && kSigns.find(text.back()) != npos;
}

Name understand_simple(std::string_view simple) {
  auto tokens = tokenize(simple);
  const bool separator = is_separator(simple, !tokens.list.empty());
  auto name = read_name(std::move(tokens));
  if (separator) name.kind = Kind::Separator;
  return name;
}

/// "BBCOne" is "BBC One", and signs are blanks.
std::string space_out(std::string_view id) {
  const auto upper = [&](std::size_t at) { return at < id.size() && id[at] >= 'A' && id[at] <= 'Z'; };
  const auto lower = [&](std::size_t at) { return at < id.size() && id[at] >= 'a' && id[at] <= 'z'; };
  std::string out;
  for (std::size_t i = 0; i < id.size(); ++i) {
    const char c = id[i];
    if (i > 0 && upper(i) && (lower(i - 1) || (upper(i - 1) && lower(i + 1)))) out += ' ';
    out += c == '.' || c == '_' || c == '-' ? ' ' : c;
  }
  return out;
}

/// The country that the last label of an id says: "uk", "us2", "us_locals1".
std::string_view read_label(std::string_view label) {
  const auto letters = std::min(label.find_first_of("0123456789_"), label.size());
  return find_country_label(label.substr(0, letters));
}

std::string_view start_of(std::string_view text) {
  if (text.size() <= kLongestName) return text;
  auto end = kLongestName;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
    --end;
  return text.substr(0, end);
}

} // namespace

Name understand(std::string_view text) {
  return understand_simple(simplify(start_of(text)));
}

Name understand_id(std::string_view id) {
  auto simple = simplify(trim(start_of(id)));
  std::string country;
  auto at = std::min(simple.find('@'), simple.size());
  const auto dot = simple.rfind('.', at);
  if (dot != std::string::npos && dot > 0) {
    auto label = simple.substr(dot + 1, at - dot - 1);
    std::ranges::transform(label, label.begin(), to_lower);
    country = read_label(label);
    if (!country.empty()) simple.erase(dot, label.size() + 1);
  }
  std::ranges::replace(simple, '@', ' ');
  auto name = understand_simple(space_out(simple));
  name.kind = name.words.empty() && name.numbers.empty() ? Kind::Separator : Kind::Channel;
  if (!country.empty()) name.country = country;
  return name;
}

std::string find_country(std::string_view text) {
  // In front of a name it would be a prefix, and they are understood in all their forms.
  return understand_simple(concat(simplify(start_of(text)), " | x")).country;
}

std::string_view describe(Quality quality) noexcept {
  constexpr std::array<std::string_view, 7> kNames = {"low", "", "sd", "hd", "full hd", "4k", "8k"};
  return kNames[static_cast<std::size_t>(quality)];
}

} // namespace relevo::lineup
