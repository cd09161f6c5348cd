// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/text.hpp"
#include "lineup/name.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace relevo;
using namespace relevo::lineup;

namespace {

/// Everything that a name tells, in one line: "bbc #1 gb hd".
std::string tell(const Name& name) {
  std::string out;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) out += concat(out.empty() ? "" : " ", part);
  };
  if (name.kind == Kind::Separator) add("SEPARATOR");
  if (name.kind == Kind::Event) add("EVENT");
  for (const auto& word : name.words)
    add(word);
  for (const auto number : name.numbers)
    add(concat('#', number));
  if (!name.country.empty()) add(concat(name.country_in_name ? "in=" : "of=", name.country));
  if (!name.language.empty()) add(concat("language=", name.language));
  if (!name.region.empty()) add(concat("region=", name.region));
  if (!name.call_sign.empty()) add(concat("station=", name.call_sign));
  if (name.shift != 0) add(concat("+", name.shift, 'h'));
  if (name.coast != Coast::None) add(name.coast == Coast::East ? "EAST" : "WEST");
  if (name.quality != Quality::Unknown) add(concat('(', describe(name.quality), ')'));
  for (const auto& tag : name.tags)
    add(concat('{', tag, '}'));
  if (name.backup) add("BACKUP");
  return out;
}

struct Row {
  std::string text;
  std::string told;
};

} // namespace

TEST_CASE("numbers, however they are written") {
  const Row rows[] = {
      {"BBC One", "bbc #1"},
      {"BBC 1", "bbc #1"},
      {"BBC1", "bbc #1"},
      {"BBC 01", "bbc #1"},
      {"RTL II", "rtl #2"},
      {"RTL Ⅱ", "rtl #2"},
      {"II", "ii"},
      {"Rai Due", "rai #2"},
      {"Due Sport", "due sports"},
      {"ORF eins", "orf #1"},
      {"One", "one"},
      {"13th Street", "street #13"},
      {"3sat", "sat #3"},
      {"TV5MONDE", "tv monde #5"},
      {"Number 12345678", "number 12345678"},
      {"Radio 102.5", "radio #102 #5"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(tell(understand(row.text)) == row.told);
  }
}

TEST_CASE("what does not belong to the name") {
  const Row rows[] = {
      {"News HD", "news (hd)"},
      {"News FHD 50fps HEVC", "news (full hd) {50fps} {hevc}"},
      {"News [1080p] (H.265) RAW VIP", "news (full hd) {hevc} {raw} {vip}"},
      {"News Ultra HD", "news (4k)"},
      {"News ⁸ᴷ", "news (8k)"},
      {"4K | UK: News", "news of=gb (4k)"},
      {"News LQ", "news (low)"},
      {"News 576i", "news (sd)"},
      {"HD", "hd"},
      {"News (Backup 2)", "news BACKUP"},
      {"News HD alt", "news (hd) BACKUP"},
      {"Alibi", "alibi"},
      {"24/7: Friends", "friends"},
      {"News [Not 24/7]", "news"},
      {"News (S)", "news"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(tell(understand(row.text)) == row.told);
  }
}

TEST_CASE("countries, languages and places") {
  const Row rows[] = {
      {"UK: Dave", "dave of=gb"},
      {"UK | Dave", "dave of=gb"},
      {"|UK| Dave", "dave of=gb"},
      {"[UK] Dave", "dave of=gb"},
      {"(UK) Dave", "dave of=gb"},
      {"UK - Dave", "dave of=gb"},
      {"UK- Dave", "dave of=gb"},
      {"UK ★ Dave", "dave of=gb"},
      {"UK Dave", "dave of=gb"},
      {"🇬🇧 Dave", "dave of=gb"},
      {"GBR: Dave", "dave of=gb"},
      {"United Kingdom | Dave", "dave of=gb"},
      {"Deutschland: Eins", "eins of=de"},
      {"Dave (UK)", "dave of=gb"},
      {"Dave UK", "dave in=gb"},
      {"Dave Italia", "dave in=it"},
      {"Sport Italia", "sports italia"}, // nothing would be left that tells which
      {"IT: Dave Italia", "dave of=it"},
      {"USA Network", "usa network"},
      {"5 USA", "usa #5"},
      {"France 2", "france #2"},
      {"Al-Jazeera", "al jazeera"},
      {"UK", "uk"},
      {"AR: MBC 2", "mbc #2 of=arab"},
      {"EX-YU | Pink", "pink of=exyu"},
      {"beIN Sports 1 English", "bein sports #1 language=en"},
      {"beIN Sports English 1", "bein sports #1 language=en"},
      {"Jazeera [English]", "jazeera language=en"},
      {"BBC One Scotland", "bbc #1 region=scotland"},
      {"HBO East", "hbo EAST"},
      {"HBO (West)", "hbo WEST"},
      {"East TV", "east tv"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(tell(understand(row.text)) == row.told);
  }
}

TEST_CASE("a plus is a delay, a part of the name, or an and") {
  const Row rows[] = {
      {"ITV1 +1", "itv #1 +1h"},
      {"Channel 4+1", "channel #4 +1h"},
      {"Film +1h HD", "film +1h (hd)"},
      {"Film + 1", "film +1h"},
      {"Первый канал (+4)", "первыи канал +4h"},
      {"Canal+", "canal plus"},
      {"Canal+ 1", "canal plus #1"},
      {"Canal+ Sport", "canal plus sports"},
      {"Sport TV +", "sports tv plus"},
      {"Crime + Investigation", "crime and investigation"},
      {"A&E", "a and e"},
      {"1+1", "plus #1 #1"},
      {"UA: 2+2 HD", "plus #2 #2 of=ua (hd)"},
      {"Night +18", "night and #18"},
      {"+++", "SEPARATOR"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(tell(understand(row.text)) == row.told);
  }
}

TEST_CASE("stations, headings and events") {
  const Row rows[] = {
      {"US: ABC 7 (WABC) New York", "abc new york #7 of=us station=wabc"},
      {"WABC-DT New York", "new york station=wabc"},
      {"US: FOX 5 New York WNYW", "fox new york #5 of=us station=wnyw"},
      {"US: ABC WEST", "abc of=us WEST"},
      {"CA: CTV (CFTO)", "ctv of=ca station=cfto"},
      {"WDR Fernsehen", "wdr fernsehen"},
      {"##### SPORTS #####", "SEPARATOR sports"},
      {"=== UK ===", "SEPARATOR uk"},
      {"---", "SEPARATOR"},
      {"", "SEPARATOR"},
      {"US: NFL 03 | Bears vs Lions", "EVENT nfl bears vs lions #3 of=us"},
      {"Fight @ 20:00", "EVENT fight #20 #0"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(tell(understand(row.text)) == row.told);
  }
}

TEST_CASE("ids of guides are names in disguise") {
  const Row rows[] = {
      {"BBCOne.uk", "bbc #1 of=gb"},
      {"bbc1.uk", "bbc #1 of=gb"},
      {"SkySportsMainEvent.uk@HD", "sky sports main event of=gb (hd)"},
      {"sky-sports-f1.uk", "sky sports f #1 of=gb"},
      {"BBC.One.HD.uk", "bbc #1 of=gb (hd)"},
      {"ABC.(WABC).New.York,.NY.us_locals1", "abc new york ny of=us station=wabc"},
      {"Telefe.ar", "telefe of=ar"},
      {"Rai1.it", "rai #1 of=it"},
      {"Sat.1", "sat #1"},
      {"", "SEPARATOR"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(tell(understand_id(row.text)) == row.told);
  }
}

TEST_CASE("a name as it was spelled, without blanks") {
  CHECK(understand("BBC One HD").glued == "bbcone");
  CHECK(understand("The Sky-Sports TV").glued == "skysports");
  CHECK(understand("TV").glued == "tv");
}

TEST_CASE("the country of a text") {
  const Row rows[] = {
      {"UK", "gb"},
      {"Deutschland", "de"},
      {"UK | Sports", "gb"},
      {"united states", "us"},
      {"Sports", ""},
      {"VIP | FR | Cinema", "fr"},
      {"", ""},
      {"🇪🇸 Deportes", "es"},
      {"News Italia", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(find_country(row.text) == row.told);
  }
}
