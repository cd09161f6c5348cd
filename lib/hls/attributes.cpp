// SPDX-License-Identifier: LGPL-2.1-or-later
// Attribute lists taken apart.
#include "attributes.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace relevo::hls {
namespace {

/// Takes the text as far as `end` and the delimiter there.
std::string_view take(std::string_view& text, std::size_t end) {
  end = std::min(end, text.size());
  const auto taken = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return taken;
}

std::string_view take_value(std::string_view& text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos || text[begin] != '"') {
    const auto piece = take(text, text.find(','));
    return trim(piece.substr(0, piece.find('"'))); // no value has quotes inside, so that all can be written
  }
  text.remove_prefix(begin + 1);
  const auto value = take(text, text.find('"'));
  take(text, text.find(','));
  return value;
}

} // namespace

Attributes::Attributes(std::string_view text) {
  constexpr std::size_t kMost = 64; // no tag has a third of it
  while (!text.empty() && list_.size() < kMost) {
    const auto end = text.find_first_of("=,");
    const bool has_value = end != std::string_view::npos && text[end] == '=';
    const auto name = trim(take(text, end));
    if (has_value) list_.emplace_back(name, take_value(text));
  }
}

std::string_view Attributes::operator[](std::string_view name) const noexcept {
  const auto found = std::ranges::find(list_, name, &decltype(list_)::value_type::first);
  return found == list_.end() ? std::string_view{} : found->second;
}

} // namespace relevo::hls
