// SPDX-License-Identifier: LGPL-2.1-or-later
// The words that names of channels are made of besides the name itself.
#pragma once

#include "lineup/name.hpp"

#include <optional>
#include <string_view>

namespace relevo::lineup {

// All of them take folded text. Names of several words have single blanks: "united kingdom".

/// Code of the country or area; "" where the text is none.
[[nodiscard]] std::string_view find_country_word(std::string_view text);
/// Of the last label of an id, "uk" or "ar"; there a code is a country's and never a language's.
[[nodiscard]] std::string_view find_country_label(std::string_view text);
/// Whether the text is a code of two letters, and one that is hardly ever a word of a name ("uk", "pl", not
/// "me").
[[nodiscard]] bool is_clear_country_code(std::string_view text);
/// Whether a channel can be of both: the same one, or one is an area with the other in it.
[[nodiscard]] bool countries_agree(std::string_view a, std::string_view b);

[[nodiscard]] std::string_view find_language_word(std::string_view text);
[[nodiscard]] std::string_view find_region_word(std::string_view text);

struct QualityWord {
  Quality quality = Quality::Unknown;
  std::string_view tag{}; // "" where it says no more than the quality
};
[[nodiscard]] std::optional<QualityWord> find_quality_word(std::string_view text);

[[nodiscard]] bool is_backup_word(std::string_view text);
/// Remarks without a meaning here: "geo blocked", "24 7".
[[nodiscard]] bool is_remark(std::string_view text);
[[nodiscard]] std::optional<std::uint32_t> find_number_word(std::string_view text);
/// Numbers of other languages than English and roman ones: only where they end a name.
[[nodiscard]] std::optional<std::uint32_t> find_last_number_word(std::string_view text);
/// The usual spelling of what is often shortened ("intl"); the text itself where there is none.
[[nodiscard]] std::string_view spell_out(std::string_view text);

/// How much a word says about which channel it is: 1 for most.
[[nodiscard]] double weight(std::string_view word);

} // namespace relevo::lineup
