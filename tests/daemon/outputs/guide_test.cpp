// SPDX-License-Identifier: LGPL-2.1-or-later
#include "outputs/guide.hpp"

#include "base/text.hpp"
#include "guide_copy.hpp"
#include "sources/guide.hpp"
#include "store/channels.hpp"
#include "store/dummy_rules.hpp"
#include "store/guide.hpp"
#include "store/store.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <set>

using namespace relevo;
using namespace relevo::outputs;
using namespace std::chrono_literals;
using model::Time;

namespace {

constexpr Time kDay{std::chrono::sys_days(std::chrono::year(2026) / 11 / 26)};
constexpr std::chrono::days kOneDay{1};

struct Fixture {
  sqlite::Database database = *store::open_in_memory();
  model::GuideSource source;
  Lineup lineup;
  GuideTime time = guide_time(kDay + 10h + 20min, 2h, kOneDay);

  Fixture() {
    source.name = "g";
    store::save_guide_source(database, source);
    lineup.channels.emplace_back().id = "news.uk";
    auto& channel = first();
    channel.name = "News & \"more\"";
    channel.number = {5, 1};
    channel.logo = "http://logos/news.png";
    channel.guide_source = source.id;
    channel.guide_channel = "news";
  }
  model::ListedChannel& first() { return lineup.channels[0].channel; }

  void publish(const std::vector<model::Programme>& programmes) {
    store::EditionWriter writer(database, source.id);
    for (const auto& programme : programmes)
      writer.add_programme("news", programme);
    writer.finish();
    sqlite::Transaction transaction(database);
    writer.publish();
    transaction.commit();
  }

  [[nodiscard]] std::string write() {
    std::string text;
    write_guide(lineup, catalog::Programmes(database, {}), time,
                [&text](std::string_view block) { text += block; });
    return text;
  }
  [[nodiscard]] std::string state() { return guide_state(database, lineup, time); }
};

} // namespace

TEST_CASE("a guide begins at a whole hour") {
  const auto time = guide_time(kDay + 10h + 59min + 59s, 24h, std::chrono::days(7));
  CHECK(time.window.from == kDay - 14h);
  CHECK(time.window.to == kDay + 7 * 24h + 10h);
  CHECK(time.now == kDay + 10h);
}

TEST_CASE("channels come first, under the ids of the playlist, and then what is on") {
  Fixture fixture;
  fixture.publish({{kDay + 7h, kDay + 8h, "over"},
                   {kDay + 7h, kDay + 9h, "not over", "part", "text"},
                   {kDay + 34h, kDay + 35h, "too late"}});
  fixture.first().guide_shift_minutes = 30;
  CHECK(fixture.write() == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                           "<!DOCTYPE tv SYSTEM \"xmltv.dtd\">\n"
                           "<tv generator-info-name=\"Relevo\">\n"
                           "  <channel id=\"news.uk\">\n"
                           "    <display-name>News &amp; &quot;more&quot;</display-name>\n"
                           "    <display-name>5.1</display-name>\n"
                           "    <icon src=\"http://logos/news.png\"/>\n"
                           "  </channel>\n"
                           "  <programme start=\"20261126073000 +0000\" stop=\"20261126083000 +0000\" "
                           "channel=\"news.uk\">\n"
                           "    <title>over</title>\n"
                           "  </programme>\n"
                           "  <programme start=\"20261126073000 +0000\" stop=\"20261126093000 +0000\" "
                           "channel=\"news.uk\">\n"
                           "    <title>not over</title>\n"
                           "    <sub-title>part</sub-title>\n"
                           "    <desc>text</desc>\n"
                           "  </programme>\n"
                           "</tv>\n");
}

TEST_CASE("a channel without a guide has blocks with its name") {
  Fixture fixture;
  fixture.first().guide_source.reset();
  const auto guide = xmltv::read_guide(fixture.write());
  REQUIRE(guide.programmes.size() == 7); // of four hours, that cover 26
  for (const auto& programme : guide.programmes)
    CHECK(programme.titles.at(0).text == "News & \"more\"");
}

TEST_CASE("what a guide told is told again, but for what is not kept") {
  const std::string text =
      "<tv><channel id=\"news\"><display-name>x</display-name></channel>"
      "<programme start=\"20261126100000 +0000\" stop=\"20261126110000 +0000\" channel=\"news\" "
      "catchup-id=\"7\">"
      "<title lang=\"en\">One &amp; all</title><title lang=\"de\">Alle</title><sub-title "
      "lang=\"en\">s</sub-title>"
      "<desc lang=\"en\">d</desc><credits><director>D</director><actor role=\"R\" guest=\"yes\">A</actor>"
      "<actor>B</actor><guest>G</guest></credits><date>2020</date><category lang=\"en\">News</category>"
      "<category>Sport</category><keyword>k</keyword><language>English</language>"
      "<orig-language>Dansk</orig-language><length units=\"minutes\">50</length><icon src=\"http://i/1\"/>"
      "<url>http://u/1</url><country>DK</country><episode-num system=\"xmltv_ns\">0.1.0/1</episode-num>"
      "<episode-num system=\"onscreen\">S1E2</episode-num><video><aspect>16:9</aspect><quality>HDTV</quality>"
      "</video><audio><stereo>dolby</stereo></audio><previously-shown start=\"20200101000000 +0000\" "
      "channel=\"c\"/><premiere>first</premiere><last-chance>last</last-chance><new/><live/>"
      "<subtitles type=\"teletext\"><language>English</language></subtitles><subtitles type=\"onscreen\"/>"
      "<rating system=\"BBFC\"><value>15</value></rating><star-rating><value>3/5</value></star-rating>"
      "<review type=\"text\" source=\"s\" reviewer=\"r\">good</review>"
      "<image type=\"poster\" size=\"2\" orient=\"P\">http://p/1</image></programme></tv>";
  const test::TemporaryFolder folder;
  const auto file = folder.file("guide.xml");
  std::ofstream(file) << text;
  std::vector<model::Programme> found;
  const sources::GuideSink sink{[](const auto&) {},
                                [&](std::string_view, const auto& programme) { found.push_back(programme); },
                                [](const auto&) {}};
  REQUIRE(sources::read_guide(file, sink, {}));
  Fixture fixture;
  fixture.publish(found);
  const auto before = xmltv::read_guide(text), after = xmltv::read_guide(fixture.write());
  REQUIRE(before.programmes.size() == 1);
  REQUIRE(after.programmes.size() == 1);
  auto expected = before.programmes[0];
  expected.channel = "news.uk";
  expected.line = after.programmes[0].line;
  CHECK(after.programmes[0] == expected);
}

TEST_CASE("details that are not as they should be cost themselves alone") {
  Fixture fixture;
  fixture.publish({{kDay + 10h, kDay + 11h, "a", "", "", "no JSON"},
                   {kDay + 11h, kDay + 12h, "b", "", "", "[1]"},
                   {kDay + 12h, kDay + 13h, "c", "", "",
                    R"({"title":7,"credits":[["king","x"],5,[1,2]],"length":"x","category":[["News"],7,[]],)"
                    R"("previously-shown":3,"date":[],"episode-num":{"a":1},"stereo":7,"premiere":9})"},
                   {kDay + 13h, kDay + 14h, ""}});
  const auto guide = xmltv::read_guide(fixture.write());
  REQUIRE(guide.programmes.size() == 4);
  CHECK(guide.faults.empty());
  CHECK(guide.programmes[2].titles.at(0).text == "c");
  CHECK(guide.programmes[2].categories.at(0).text == "News");
  CHECK(guide.programmes[3].titles.at(0).text == "News & \"more\"");
}

TEST_CASE("a guide goes out in blocks, and whoever takes them may end it") {
  Fixture fixture;
  std::vector<model::Programme> programmes;
  for (int i = 0; i < 1000; ++i)
    programmes.push_back({kDay + 10h + i * 1min, kDay + 10h + (i + 1) * 1min, std::string(500, 'x')});
  fixture.publish(programmes);
  std::size_t blocks = 0, largest = 0;
  struct Enough {};
  const auto take = [&](std::string_view block) {
    largest = std::max(largest, block.size());
    if (++blocks == 3) throw Enough();
  };
  CHECK_THROWS_AS(write_guide(fixture.lineup, catalog::Programmes(fixture.database, {}), fixture.time, take),
                  Enough);
  CHECK(largest >= 64u << 10);
  CHECK(largest < 66u << 10);
}

TEST_CASE("the state is another one when the guide may be") {
  Fixture fixture;
  fixture.publish({{kDay + 10h, kDay + 11h, "a"}});
  std::set<std::string> states{fixture.state()};
  const auto changed = [&](const char* what) {
    CAPTURE(what);
    const auto state = fixture.state();
    CHECK(states.insert(state).second);
    CHECK(fixture.state() == state);
  };
  fixture.publish({{kDay + 10h, kDay + 11h, "b"}});
  changed("edition");
  store::RefreshState refreshed;
  refreshed.refreshed = kDay;
  store::save_guide_state(fixture.database, fixture.source.id, refreshed);
  changed("refreshed");
  auto& channel = fixture.first();
  channel.name = "x";
  changed("name");
  channel.number = {5, 2};
  changed("number");
  channel.logo = "";
  changed("logo");
  channel.guide_shift_minutes = 1;
  changed("shift");
  channel.guide_channel = "other";
  changed("guide's channel");
  fixture.lineup.channels[0].id = "y";
  changed("id");
  fixture.lineup.channels.push_back(fixture.lineup.front());
  changed("channels");
  fixture.time = guide_time(kDay + 11h, 2h, kOneDay);
  changed("hour");
  fixture.time = guide_time(kDay + 11h, 2h, kOneDay * 2);
  changed("days");
  model::DummyRule rule;
  rule.name = "r";
  rule.pattern = "(?<title>x)";
  store::save_dummy_rule(fixture.database, rule);
  changed("rule");
  rule.zone = 1h;
  store::save_dummy_rule(fixture.database, rule);
  changed("rule's zone");
}
