// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lineup/fold.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace relevo::lineup;

TEST_CASE("letters become plain") {
  const struct {
    std::string text;
    std::string folded;
  } rows[] = {
      {"News", "news"},
      {"Séries Téva ÀÅÇÑÕÜŸ", "series teva aacnouy"},
      {"ČT šport Łódź İstanbul ığş", "ct sport lodz istanbul igs"},
      {"Straße Æther Œuvre Þing", "strasse aether oeuvre thing"},
      {"Việt Nam", "viet nam"},
      {"e\u0301cole", "ecole"},
      {"ΣΚΑΪ Αντέννα", "σκαι αντεννα"},
      {"Τέλος", "τελοσ"},
      {"Первый канал ЁЛКА", "первыи канал елка"},
      {"الجزيرة", "الجزيرة"},
      {"東京", "東京"},
      {"Newsᴴᴰ", "news hd"},
      {"ᵁᴴᴰ ³⁸⁴⁰ᴾ ⁵⁰ᶠᵖˢ", "uhd 3840p 50fps"},
      {"ʀᴀᴡ ꜱᴅ", "raw sd"},
      {"ＢＢＣ　１", "bbc 1"},
      {"𝗨𝗞 𝟰𝗞 ℍ𝔻 ⒽⒹ 🅷🅳 ①", "uk 4k hd hd hd 1"},
      {"🇬🇧 One", "[gb] one"},
      {"\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F", "[gb]"},
      {"\U0001F1EC", "|"},
      {"UK ★ One", "uk | one"},
      {"UK – One", "uk - one"},
      {"Dave’s", "dave's"},
      {"a\u200bb\ufe0f®™", "ab"},
      {"S\xe9ries", "series"},
      {"\xff\xfe", "yth"},
      {"\xe2\x82", "a "},
      {"\xed\xa0\x80", "i  "},
      {"", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(fold(row.text) == row.folded);
    CHECK(fold(fold(row.text)) == row.folded);
  }
}

TEST_CASE("simplified text keeps its case") {
  CHECK(simplify("BBC Öne ᴴᴰ") == "BBC One HD");
}
