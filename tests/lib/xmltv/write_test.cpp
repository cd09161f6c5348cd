// SPDX-License-Identifier: LGPL-2.1-or-later
#include "xmltv/write.hpp"

#include "base/text.hpp"
#include "guide_copy.hpp"

#include <deque>
#include <doctest/doctest.h>
#include <random>

using namespace relevo;
using namespace relevo::xmltv;
using namespace std::chrono;

namespace {

/// Guides of any values.
class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}

  std::size_t below(std::size_t end) { return engine_() % end; }
  bool one_in(std::size_t n) { return below(n) == 0; }
  std::string_view text() {
    static const std::vector<std::string> kAlphabet = {"a", "B",  "&",   "<",     ">", "\"",    "'",
                                                       "é", "日", "]]>", "&amp;", ";", "\u0085"};
    std::string out = "x";
    for (auto n = below(8); n != 0; --n)
      out += one_in(5) ? " y" : kAlphabet[below(kAlphabet.size())];
    return texts_.emplace_back(out);
  }
  std::string_view maybe() { return one_in(2) ? text() : std::string_view(); }
  sys_seconds time() { return sys_seconds{seconds{static_cast<std::int64_t>(below(4'000'000'000))}}; }

  template <class Make>
  auto some(Make make) {
    std::vector<decltype(make())> values;
    while (one_in(2))
      values.push_back(make());
    return values;
  }
  template <class Make>
  auto optional(Make make) {
    return one_in(2) ? std::optional(make()) : std::nullopt;
  }

  std::vector<Text> texts() {
    return some([this] { return Text{text(), maybe()}; });
  }
  std::optional<Text> optional_text() {
    return optional([this] { return Text{text(), maybe()}; });
  }
  std::vector<Icon> icons() {
    return some([this] {
      return Icon{text(), optional([this] { return static_cast<std::uint32_t>(below(9999)); }), {}};
    });
  }
  std::vector<Url> urls() {
    return some([this] { return Url{text(), maybe()}; });
  }
  std::vector<Image> images() {
    return some([this] { return Image{text(), maybe(), maybe(), maybe(), maybe()}; });
  }
  std::vector<Rating> ratings() {
    return some([this] { return Rating{text(), maybe(), icons()}; });
  }
  std::vector<Person> credits() {
    return some([this] {
      return Person{static_cast<Role>(below(10)), text(), maybe(), one_in(3), images(), urls()};
    });
  }
  Channel channel() { return {0, text(), texts(), icons(), urls()}; }
  Programme programme() {
    const auto flag = [this] { return one_in(2); };
    Programme p;
    p.start = time();
    if (one_in(2)) p.stop = p.start + 1h;
    p.channel = text();
    for (auto* attribute : {&p.catchup_id, &p.showview, &p.videoplus, &p.clump, &p.date})
      *attribute = maybe();
    p.pdc_start = optional([this] { return time(); });
    p.vps_start = optional([this] { return time(); });
    for (auto* list :
         {&p.titles, &p.sub_titles, &p.descs, &p.categories, &p.keywords, &p.languages, &p.countries})
      *list = texts();
    p.orig_language = optional_text();
    p.premiere = optional_text();
    p.last_chance = optional([this] { return Text{maybe(), maybe()}; });
    p.credits = credits();
    p.length = optional([this] { return seconds{static_cast<std::int64_t>(below(100'000))}; });
    p.icons = icons();
    p.urls = urls();
    p.episodes = some([this] { return EpisodeNumber{text(), text()}; });
    p.video = optional([&] { return Video{optional(flag), optional(flag), maybe(), maybe()}; });
    p.audio = optional([&] { return Audio{optional(flag), maybe()}; });
    p.previously_shown = optional([this] { return Showing{optional([this] { return time(); }), maybe()}; });
    p.is_new = one_in(2);
    p.live = one_in(2);
    p.subtitles = some([this] { return Subtitles{maybe(), optional_text()}; });
    p.ratings = ratings();
    p.star_ratings = ratings();
    p.reviews = some([this] { return Review{text(), maybe(), maybe(), maybe(), maybe()}; });
    p.images = images();
    return p;
  }

 private:
  std::mt19937_64 engine_;
  std::deque<std::string> texts_;
};

} // namespace

TEST_CASE("what is written") {
  std::string out;
  write_head(out, "relevo \"1\"");
  write_channel(out, {0, "a&b", {{"A < B", "en"}}, {{"http://h/?a&b", 10, {}}}, {}});
  Programme p;
  p.start = sys_days{2024y / February / 29} + 1h;
  p.stop = p.start + 90s;
  p.channel = "a&b";
  p.titles = {{"T"}};
  p.credits = {{Role::Actor, "A", "R"}};
  p.length = 90min;
  p.is_new = true;
  p.subtitles = {{"teletext", {}}};
  write_programme(out, p);
  write_tail(out);
  CHECK(out == R"(<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tv SYSTEM "xmltv.dtd">
<tv generator-info-name="relevo &quot;1&quot;">
  <channel id="a&amp;b">
    <display-name lang="en">A &lt; B</display-name>
    <icon src="http://h/?a&amp;b" width="10"/>
  </channel>
  <programme start="20240229010000 +0000" stop="20240229010130 +0000" channel="a&amp;b">
    <title>T</title>
    <credits>
      <actor role="R">A</actor>
    </credits>
    <length units="seconds">5400</length>
    <new/>
    <subtitles type="teletext"/>
  </programme>
</tv>
)");
}

TEST_CASE("what is written is read as the same values") {
  Dice dice(1);
  for (int round = 0; round != 300; ++round) {
    GuideCopy guide;
    while (!dice.one_in(4))
      guide.channels.push_back(dice.channel());
    while (!dice.one_in(4))
      guide.programmes.push_back(dice.programme());
    auto again = read_guide(guide.write());
    again.forget_lines();
    REQUIRE_FALSE(again.counts.broken);
    REQUIRE(again.faults.empty());
    REQUIRE(again.channels == guide.channels);
    REQUIRE(again.programmes == guide.programmes);
  }
}

TEST_CASE("no text can break a guide") {
  std::string every;
  for (int byte = 0; byte != 256; ++byte)
    every += static_cast<char>(byte);
  std::string out;
  write_head(out, every);
  write_channel(out, {0, every, {{every, every}}, {{every, {}, {}}}, {{every, every}}});
  write_tail(out);
  const auto guide = read_guide(out);
  CHECK(guide.counts == Counts{1, 0, 0, {}});
  CHECK(out.find_first_of(std::string_view("\0\x01\x1f\x7f\t", 5)) == std::string::npos);
  CHECK(guide.channels[0].names[0].text == guide.channels[0].id);
}
