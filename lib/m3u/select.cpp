// SPDX-License-Identifier: LGPL-2.1-or-later
// How near an entry comes to a wish.
#include "m3u/select.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <initializer_list>

namespace relevo::m3u {
namespace {

/// Without blanks at the ends, and with single ones inside.
std::string normalise(std::string_view text) {
  std::string out;
  for (const char c : trim(text))
    if (c != ' ' || out.back() != ' ') out += c;
  return out;
}

Fit fit_text(std::string_view text, std::string_view wish) {
  if (wish.empty() || text == wish) return Fit::Exact;
  return equal_nocase(normalise(text), normalise(wish)) ? Fit::Alike : Fit::None;
}

Fit fit_any(std::initializer_list<std::string_view> texts, std::string_view wish) {
  Fit best = Fit::None;
  for (const auto text : texts)
    best = std::max(best, fit_text(text, wish));
  return best;
}

Fit fit_group(const Entry& entry, std::string_view wish) {
  Fit best = fit_text(find(entry.attributes, "group-title"), wish);
  if (best == Fit::Exact) return best;
  for (const auto group : groups(entry))
    best = std::max(best, fit_text(group, wish));
  return best;
}

/// "007" is 7.
std::string_view without_zeros(std::string_view number) {
  number = trim(number);
  const auto first = std::min(number.find_first_not_of('0'), number.size());
  const bool keeps_one = first == number.size() || number[first] == '.';
  return number.substr(first != 0 && keeps_one ? first - 1 : first);
}

Fit fit_number(const Entry& entry, std::string_view wish) {
  return wish.empty() || without_zeros(channel_number(entry)) == without_zeros(wish) ? Fit::Exact : Fit::None;
}

} // namespace

Fit fit(const Entry& entry, const Wish& wish) {
  const auto worst = std::min({fit_any({entry.name, find(entry.attributes, "tvg-name")}, wish.name),
                               fit_text(tvg_id(entry), wish.tvg_id), fit_number(entry, wish.number),
                               fit_group(entry, wish.group)});
  if (worst == Fit::None) return Fit::None;
  return !wish.name_test || wish.name_test(entry.name) ? worst : Fit::None;
}

std::string describe(const Wish& wish) {
  std::string text;
  const auto add = [&text](std::string_view what, const std::string& value) {
    if (!value.empty()) text += concat(text.empty() ? "" : ", ", what, ' ', quote(value));
  };
  add("name", wish.name);
  add("tvg-id", wish.tvg_id);
  add("number", wish.number);
  add("group", wish.group);
  if (wish.name_test) text += text.empty() ? "a pattern" : ", a pattern";
  return text.empty() ? "any entry" : text;
}

} // namespace relevo::m3u
