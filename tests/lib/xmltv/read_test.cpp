// SPDX-License-Identifier: LGPL-2.1-or-later
// Whole guides: every element of the format, what costs an element, where a broken one ends.
#include "base/text.hpp"
#include "guide_copy.hpp"

#include <doctest/doctest.h>
#include <stdexcept>

using namespace relevo;
using namespace relevo::xmltv;
using namespace std::chrono;

namespace {

constexpr std::string_view kFull = R"(<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tv SYSTEM "xmltv.dtd">
<tv date="20240101" source-info-name="x" generator-info-name="y">
  <channel id="one.example">
    <display-name lang="en">One</display-name>
    <display-name>1</display-name>
    <display-name/>
    <icon src="http://h/1.png" width="100" height=" 50 "/>
    <icon src="http://h/2.png" width="wide"/>
    <icon/>
    <url>http://one.example/</url>
    <url system="imdb">http://imdb/1</url>
  </channel>
  <programme start="20240101120000 +0100" stop="20240101123000 +0100" pdc-start="20240101120100 +0100"
             vps-start="20240101120200 +0100" showview="12345" videoplus="678" channel="one.example"
             clumpidx="0/2" catchup-id="c-1">
    <title lang="de">Titel</title>
    <title lang="en">Title</title>
    <sub-title>Pilot</sub-title>
    <desc lang="en">First line,
      second line.</desc>
    <credits>
      <director>D</director>
      <actor role="R">A1<image type="person" size="3">http://h/a.jpg</image><url system="imdb">http://imdb/a</url></actor>
      <actor guest="yes">A2</actor>
      <writer>W</writer><adapter>Ad</adapter><producer>P</producer><composer>C</composer><editor>E</editor>
      <presenter>Pr</presenter><commentator>Co</commentator><guest>G</guest>
      <stunts>S</stunts><actor/>
    </credits>
    <date>2023</date>
    <category lang="en">Series</category>
    <category>Drama</category>
    <keyword lang="en">murder</keyword>
    <language>en</language>
    <orig-language lang="en">French</orig-language>
    <length units="minutes">25</length>
    <icon src="http://h/p.png"/>
    <url>http://h/p</url>
    <country lang="en">Italy</country>
    <country>GB</country>
    <episode-num system="xmltv_ns">1 . 12/13 . 0/3</episode-num>
    <episode-num>S2E13</episode-num>
    <video><present>yes</present><colour>no</colour><aspect>16:9</aspect><quality>HDTV</quality></video>
    <audio><present>no</present><stereo>dolby digital</stereo></audio>
    <previously-shown start="1999" channel="two.example"/>
    <premiere lang="en">First on television</premiere>
    <last-chance/>
    <new/>
    <live/>
    <subtitles type="teletext"><language>Dutch</language></subtitles>
    <subtitles type="onscreen"/>
    <rating system="MPAA"><value>PG</value><icon src="http://h/pg.png"/></rating>
    <rating>12</rating>
    <star-rating system="TV Guide"><value>4/5</value></star-rating>
    <review type="text" source="Paper" reviewer="R" lang="en">Good.</review>
    <image type="poster" size="1" orient="P" system="tvdb">http://h/poster.jpg</image>
    <something><title>not this one</title></something>
  </programme>
</tv>
)";

std::string guide_of(const std::string& inside) {
  return "<tv>\n" + inside + "\n</tv>";
}

Programme only_programme(const GuideCopy& guide) {
  REQUIRE(guide.programmes.size() == 1);
  return guide.programmes.front();
}

std::vector<std::string> ids(const GuideCopy& guide) {
  std::vector<std::string> all;
  for (const auto& channel : guide.channels)
    all.emplace_back(channel.id);
  return all;
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("every element of a channel") {
  const auto guide = read_guide(kFull);
  CHECK(guide.counts == Counts{1, 1, 0, {}});
  REQUIRE(guide.channels.size() == 1);
  const auto& c = guide.channels[0];
  CHECK(c.line == 4);
  CHECK(c.id == "one.example");
  CHECK(c.names == std::vector<Text>{{"One", "en"}, {"1"}});
  CHECK(c.icons == std::vector<Icon>{{"http://h/1.png", 100, 50}, {"http://h/2.png"}});
  CHECK(c.urls == std::vector<Url>{{"http://one.example/"}, {"http://imdb/1", "imdb"}});
}

TEST_CASE("every element of a programme") {
  const auto guide = read_guide(kFull);
  const auto p = only_programme(guide);
  const sys_seconds noon = sys_days{2024y / January / 1} + 11h;
  CHECK(p.line == 14);
  CHECK(p.start == noon);
  CHECK(p.stop == noon + 30min);
  CHECK(p.pdc_start == noon + 1min);
  CHECK(p.vps_start == noon + 2min);
  CHECK(p.showview == "12345");
  CHECK(p.videoplus == "678");
  CHECK(p.channel == "one.example");
  CHECK(p.clump == "0/2");
  CHECK(p.catchup_id == "c-1");
  CHECK(p.titles == std::vector<Text>{{"Titel", "de"}, {"Title", "en"}});
  CHECK(p.sub_titles == std::vector<Text>{{"Pilot"}});
  CHECK(p.descs == std::vector<Text>{{"First line, second line.", "en"}});
  CHECK(p.date == "2023");
  CHECK(p.categories == std::vector<Text>{{"Series", "en"}, {"Drama"}});
  CHECK(p.keywords == std::vector<Text>{{"murder", "en"}});
  CHECK(p.languages == std::vector<Text>{{"en"}});
  CHECK(p.orig_language == Text{"French", "en"});
  CHECK(p.length == 25min);
  CHECK(p.icons == std::vector<Icon>{{"http://h/p.png"}});
  CHECK(p.urls == std::vector<Url>{{"http://h/p"}});
  CHECK(p.countries == std::vector<Text>{{"Italy", "en"}, {"GB"}});
  CHECK(p.episodes == std::vector<EpisodeNumber>{{"1 . 12/13 . 0/3", "xmltv_ns"}, {"S2E13", "onscreen"}});
  CHECK(p.video == Video{true, false, "16:9", "HDTV"});
  CHECK(p.audio == Audio{false, "dolby digital"});
  CHECK(p.previously_shown == Showing{sys_days{1999y / January / 1}, "two.example"});
  CHECK(p.premiere == Text{"First on television", "en"});
  CHECK(p.last_chance == Text{});
  CHECK(p.is_new);
  CHECK(p.live);
  CHECK(p.subtitles == std::vector<Subtitles>{{"teletext", Text{"Dutch"}}, {"onscreen", {}}});
  CHECK(p.ratings == std::vector<Rating>{{"PG", "MPAA", {{"http://h/pg.png"}}}, {"12", "", {}}});
  CHECK(p.star_ratings == std::vector<Rating>{{"4/5", "TV Guide", {}}});
  CHECK(p.reviews == std::vector<Review>{{"Good.", "text", "Paper", "R", "en"}});
  CHECK(p.images == std::vector<Image>{{"http://h/poster.jpg", "poster", "1", "P", "tvdb"}});
}

TEST_CASE("credits in their order, with what belongs to a person") {
  const auto guide = read_guide(kFull);
  const auto credits = only_programme(guide).credits;
  const std::vector<Image> images{{"http://h/a.jpg", "person", "3"}};
  const std::vector<Url> urls{{"http://imdb/a", "imdb"}};
  CHECK(credits == std::vector<Person>{{Role::Director, "D"},
                                       {Role::Actor, "A1", "R", false, images, urls},
                                       {Role::Actor, "A2", "", true},
                                       {Role::Writer, "W"},
                                       {Role::Adapter, "Ad"},
                                       {Role::Producer, "P"},
                                       {Role::Composer, "C"},
                                       {Role::Editor, "E"},
                                       {Role::Presenter, "Pr"},
                                       {Role::Commentator, "Co"},
                                       {Role::Guest, "G"}});
}

TEST_CASE("nothing of one programme is left in the next one") {
  std::string twice(kFull);
  twice.replace(twice.rfind("</tv>"), 5, "<programme start=\"2024\" channel=\"x\"/></tv>");
  const auto guide = read_guide(twice);
  REQUIRE(guide.programmes.size() == 2);
  Programme bare;
  bare.line = guide.programmes[1].line;
  bare.start = sys_days{2024y / January / 1};
  bare.channel = "x";
  CHECK(guide.programmes[1] == bare);
}

TEST_CASE("any split, and any size of blocks, gives the same events") {
  std::string text(kFull);
  text.replace(text.find("Drama"), 5, "Café &eacute;\xe9 \U0001f4fa & Café");
  text.replace(text.find("http://h/p<"), 10, "<![CDATA[http://h/?a&b]]>");
  text.replace(text.find("  <channel"), 2, "<channel/>\n<programme start='x'><title>é</title></programme>");
  const auto whole = read_guide(text);
  CHECK(whole.counts == Counts{1, 1, 2, {}});
  for (const std::size_t block : {1, 2, 3, 5, 7, 16, 61, 1024})
    for (const std::size_t split : {1, 2, 3, 10, 100, 5000}) {
      CAPTURE(block);
      CAPTURE(split);
      CHECK(read_guide(text, {.block_size = block}, split) == whole);
    }
}

TEST_CASE("lengths and their units") {
  const auto length = [](const std::string& element) {
    const auto guide =
        read_guide(guide_of("<programme start='2024' channel='c'>" + element + "</programme>"));
    return only_programme(guide).length;
  };
  CHECK(length("<length units='seconds'>90</length>") == 90s);
  CHECK(length("<length units='hours'> 2 </length>") == 2h);
  CHECK(length("<length>90</length>") == 90min);
  CHECK_FALSE(length("<length units='hours'>10001</length>"));
  CHECK_FALSE(length("<length units='minutes'>1.5</length>"));
  CHECK_FALSE(length("<length units='minutes'/>"));
}

TEST_CASE("a stop that is missing or not after the start is none") {
  const auto stop = [](const std::string& attribute) {
    const auto guide = read_guide(guide_of("<programme start='20240101' channel='c' " + attribute + "/>"));
    return only_programme(guide).stop;
  };
  CHECK(stop("stop='202401010001'") == sys_days{2024y / January / 1} + 1min);
  CHECK_FALSE(stop(""));
  CHECK_FALSE(stop("stop=''"));
  CHECK_FALSE(stop("stop='20240101'"));
  CHECK_FALSE(stop("stop='2023'"));
}

TEST_CASE("times without a zone are the caller's") {
  const Options options{.default_offset = [](local_seconds) { return 90min; }};
  const auto guide = read_guide(guide_of("<programme start='20240101' channel='c' vps-start='20240101 UTC' "
                                         "pdc-start='x'/>"),
                                options);
  const auto p = only_programme(guide);
  CHECK(p.start == sys_days{2024y / January / 1} - 90min);
  CHECK(p.vps_start == sys_days{2024y / January / 1});
  CHECK_FALSE(p.pdc_start);
}

TEST_CASE("a malformed element costs only itself") {
  std::string parts;
  for (std::size_t i = 0; i <= kMaxParts; ++i)
    parts += "<category>x</category>";
  const std::string half(kMaxText / 2 + 1, 'x');
  const struct {
    std::string element, message;
  } rows[] = {
      {"<channel/>", "a channel without an id"},
      {"<channel id=' '><display-name>x</display-name></channel>", "a channel without an id"},
      {"<programme channel='c'/>", "a programme without a start"},
      {"<programme start='' channel='c'/>", "a programme without a start"},
      {"<programme start='soon' channel='c'/>", "a start that is no time: \"soon\""},
      {"<programme start='2024' stop='later' channel='c'><title>x</title></programme>",
       "a stop that is no time: \"later\""},
      {"<programme start='2024'><credits><actor>x</actor></credits></programme>",
       "a programme without a channel"},
      {"<channel id='x'>" + parts + "</channel>", "more than 4096 elements"},
      {"<channel id='x'><display-name>" + half + half + "</display-name></channel>",
       "texts of more than 1048576 bytes"},
      {"<channel id='x'><display-name>" + half + "</display-name><display-name>" + half +
           "</display-name></channel>",
       "texts of more than 1048576 bytes"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.element.substr(0, 100));
    const auto guide = read_guide(guide_of("<channel id='a'/>\n" + row.element + "\n<channel id='z'/>"));
    CHECK(ids(guide) == Names{"a", "z"});
    CHECK(guide.programmes.empty());
    CHECK(guide.faults == std::vector<Fault>{{3, row.message}});
    CHECK(guide.counts == Counts{2, 0, 1, {}});
  }
}

TEST_CASE("what is within the bounds is read") {
  std::string parts;
  for (std::size_t i = 0; i != kMaxParts; ++i)
    parts += "<display-name>x</display-name>";
  const auto many = read_guide(guide_of("<channel id='x'>" + parts + "</channel>"));
  REQUIRE(many.channels.size() == 1);
  CHECK(many.channels[0].names.size() == kMaxParts);
  const std::string text(kMaxText - 1, 'x');
  const auto big =
      read_guide(guide_of("<channel id='x'><display-name>" + text + "</display-name></channel>"));
  REQUIRE(big.channels.size() == 1);
  CHECK(big.channels[0].names[0].text == text);
}

TEST_CASE("a broken guide is read as far as it is whole") {
  const std::string begin = "<tv>\n<channel id='a'/>\n";
  std::string deep;
  for (std::size_t i = 1; i <= kMaxDepth; ++i)
    deep += "<x>";
  const struct {
    std::string rest;
    Fault broken;
  } rows[] = {
      {"", {3, "the document ends too early"}},
      {"<channel id='b'>\n<display-name>x", {4, "the document ends too early"}},
      {"<channel id='b", {3, "the document ends too early"}},
      {"<!-- x", {3, "the document ends too early"}},
      {"<channel id='b'>\n</programme>", {4, "mismatched tag"}},
      {"<channel id='b'>\n<a b></a>", {4, "not well-formed (invalid token)"}},
      {"\n1 < 2", {4, "not well-formed (invalid token)"}},
      {"<channel id='b' id='c'/>", {3, "duplicate attribute"}},
      {"<channel id='b'><![CDATA[", {3, "the document ends too early"}},
      {"</tv>\n<tv/>", {4, "junk after document element"}},
      {"\n" + deep, {4, "elements that are nested deeper than 64"}},
      {"\n<!--" + std::string(kMaxToken + (64 << 10), 'x') + "-->\n",
       {4, "a tag or comment of more than 262144 bytes"}},
      {"<channel id='" + std::string(kMaxToken + (64 << 10), 'x') + "'/>",
       {3, "a tag or comment of more than 262144 bytes"}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.rest.substr(0, 100));
    for (const std::size_t split : {7, 100'000}) {
      const auto guide = read_guide(begin + row.rest, {}, split);
      REQUIRE_FALSE(guide.refused);
      CHECK(ids(guide) == Names{"a"});
      REQUIRE(guide.counts.broken);
      CHECK(guide.counts.broken->line == row.broken.line);
      CHECK(guide.counts.broken->message == row.broken.message);
    }
  }
}

TEST_CASE("no names can fill the memory") {
  std::string elements = "<channel id='a'/>", attributes = elements;
  for (int i = 0; i != 200'000; ++i) {
    elements += concat("<n", i, "/>");
    attributes += concat("<x n", i, "=''/>");
  }
  for (const auto& inside : {elements, attributes}) {
    const auto guide = read_guide(guide_of(inside));
    CHECK(ids(guide) == Names{"a"});
    REQUIRE(guide.counts.broken);
    CHECK(guide.counts.broken->message == "more names than a guide has");
  }
}

TEST_CASE("attributes that the document gives to every element are few") {
  const auto document = [](std::size_t defaults) {
    std::string text = "<!DOCTYPE tv [<!ATTLIST channel id CDATA 'a' x CDATA #IMPLIED>\n";
    for (std::size_t i = 1; i < defaults; ++i)
      text += concat("<!ATTLIST channel x", i, " CDATA ''>");
    return text + "]><tv><channel/></tv>";
  };
  CHECK(ids(read_guide(document(64))) == Names{"a"});
  const auto refused = read_guide(document(65));
  CHECK(refused.error.message == "more attributes with defaults than a guide has");
  CHECK(refused.error.offset == 2);
}

TEST_CASE("events may use other readers") {
  std::size_t told = 0;
  Reader reader({.on_channel = [&told](const Channel&) { told += read_guide(kFull).counts.programmes; }});
  REQUIRE(reader.push(as_bytes("<tv><channel id='a'/><channel id='b'/></tv>")));
  REQUIRE(reader.finish());
  CHECK(told == 2);
}

TEST_CASE("a long tag or comment is no reason to stop") {
  const std::string id(kMaxToken - (32 << 10), 'x');
  CHECK(ids(read_guide(guide_of("<channel id='" + id + "'/>"))) == Names{id});
  const auto guide =
      read_guide(guide_of("<!--" + std::string(kMaxToken - (32 << 10), 'x') + "--><channel id='a'/>"));
  CHECK(guide.counts == Counts{1, 0, 0, {}});
}

TEST_CASE("as deep as is permitted") {
  std::string deep;
  for (std::size_t i = 1; i < kMaxDepth; ++i)
    deep += "<x>";
  std::string ends;
  for (std::size_t i = 1; i < kMaxDepth; ++i)
    ends += "</x>";
  CHECK(read_guide(guide_of(deep + ends + "<channel id='a'/>")).counts == Counts{1, 0, 0, {}});
}

TEST_CASE("elements in the wrong places are skipped") {
  const auto guide =
      read_guide(guide_of("<title>x</title><x><channel id='no'/></x>"
                          "<channel id='a'><programme start='2024' channel='a'/><title>x</title>"
                          "<display-name>A<channel id='no'/></display-name></channel>"
                          "<programme start='2024' channel='a'><display-name>x</display-name>"
                          "<actor>x</actor><value>x</value><title><title>no</title>T</title>"
                          "<credits>x<title>x</title></credits><video><stereo>x</stereo></video>"
                          "</programme>"));
  CHECK(guide.counts == Counts{1, 1, 0, {}});
  CHECK(guide.channels[0].names == std::vector<Text>{{"A"}});
  const auto p = only_programme(guide);
  CHECK(p.titles == std::vector<Text>{{"T"}});
  CHECK(p.credits.empty());
  CHECK(p.video == Video{});
}

TEST_CASE("what an event throws comes out of push, and nothing follows") {
  int told = 0;
  Reader reader({.on_channel =
                     [&told](const Channel&) {
                       ++told;
                       throw std::runtime_error("full");
                     }},
                {.block_size = 1});
  const auto text = guide_of("<channel id='a'/><channel id='b'/>") + std::string(2000, ' ');
  CHECK_THROWS_WITH(static_cast<void>(reader.push(as_bytes(text))), "full");
  CHECK(told == 1);
}

TEST_CASE("a reader that was moved goes on") {
  std::size_t told = 0;
  Reader first({.on_channel = [&told](const Channel&) { ++told; }});
  REQUIRE(first.push(as_bytes("<tv><channel id='a'/>")));
  Reader second(std::move(first));
  REQUIRE(second.push(as_bytes("<channel id='b'/></tv>")));
  REQUIRE(second.finish());
  CHECK(told == 2);
}
