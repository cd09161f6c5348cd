// SPDX-License-Identifier: LGPL-2.1-or-later
// The name of a channel as people write it, taken apart into what says which channel it is and what does not.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::lineup {

enum class Kind : std::uint8_t {
  Channel,
  Separator, // "##### SPORTS #####", "---": a heading, no channel
  Event,     // "PPV 3: One vs Two @ 20:00": what it shows changes
};

/// In the order of preference.
enum class Quality : std::uint8_t { Low, Unknown, Standard, High, Full, Ultra, EightK };

enum class Coast : std::uint8_t { None, East, West };

struct Name {
  Kind kind = Kind::Channel;
  /// What makes the name, folded, in its order, without what stands in the fields below. "&" is "and", the
  /// '+' of "Canal+" is "plus". Never empty together with `numbers`, unless the text holds no letter and no
  /// digit.
  std::vector<std::string> words{};
  std::vector<std::uint32_t> numbers{}; // "One", "1", "01" and a roman II at the end are numbers
  /// Words and numbers without the blanks between them and as they were spelled: "bbcone".
  std::string glued{};
  std::string country{}; // ISO 3166 in lower case ("gb"), or an area as providers have them ("exyu", "latam")
  bool country_in_name = false; // "MTV Italia", and not "IT: MTV"
  std::string language{};       // ISO 639 in lower case ("en")
  std::string region{};         // of a country: "scotland"
  std::string call_sign{};      // of American stations: "wabc"
  int shift = 0;                // hours by which it is late: the 1 of "+1"
  Coast coast = Coast::None;
  Quality quality = Quality::Unknown;
  bool backup = false;
  std::vector<std::string> tags{}; // the rest that tells copies of one channel apart: "hevc", "50fps", "raw"

  bool operator==(const Name&) const = default;
};

/// Any bytes give a name.
[[nodiscard]] Name understand(std::string_view text);

/// The id of a guide's channel, where it is made of a name: "BBCOne.uk", "sky-sports-f1.uk@HD".
[[nodiscard]] Name understand_id(std::string_view id);

/// The country that a text names alone ("UK", "Deutschland") or begins with ("UK | Sports"); "" where it does
/// not.
[[nodiscard]] std::string find_country(std::string_view text);

/// For people: "hd", "4k"; "" for unknown.
[[nodiscard]] std::string_view describe(Quality quality) noexcept;

} // namespace relevo::lineup
