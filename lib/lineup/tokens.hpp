// SPDX-License-Identifier: LGPL-2.1-or-later
// Simplified text cut into words, with what stood between them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::lineup {

/// What stands behind a word.
enum class Gap : std::uint8_t {
  Joined, // nothing but dots, hyphens and underscores: "al-jazeera"
  Blank,
  Strong, // a sign that sets apart what is before it: "uk: ", "uk | ", "uk - ", and the end of a bracket
};

struct Token {
  std::string text; // lower case
  Gap left = Gap::Strong;
  Gap right = Gap::Strong;
  bool upper = false; // letters alone, all of them capitals
  bool bracketed = false;
};

struct Tokens {
  std::vector<Token> list;
  int shift = 0;      // hours, of "+1"
  bool clock = false; // a time of day or an '@' was in it
};

/// `text` is what `simplify` returned.
[[nodiscard]] Tokens tokenize(std::string_view text);

} // namespace relevo::lineup
