// SPDX-License-Identifier: LGPL-2.1-or-later
// One line of EXTINF, as providers write it.
#include "m3u_copy.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::m3u;
using namespace std::chrono_literals;

namespace {

EntryCopy read(const std::string& extinf) {
  const auto playlist = read_playlist("#EXTM3U\n" + extinf + "\nhttp://p/1\n");
  CAPTURE(extinf);
  REQUIRE(playlist.entries.size() == 1);
  REQUIRE(playlist.faults.empty());
  return playlist.entries.front();
}

struct Row {
  std::string line;
  Pairs attributes;
  std::string name;
};

} // namespace

TEST_CASE("attributes and name") {
  const Row rows[] = {
      {"#EXTINF:-1,News", {}, "News"},
      {"#EXTINF:-1 , News \r", {}, "News"},
      {R"(#EXTINF:-1 tvg-id="n.uk" tvg-logo="http://l/1.png?a=1,2" group-title="UK; News",News HD)",
       {{"tvg-id", "n.uk"}, {"tvg-logo", "http://l/1.png?a=1,2"}, {"group-title", "UK; News"}},
       "News HD"},
      {R"(#EXTINF:-1 tvg-id="a",One, two, "three")", {{"tvg-id", "a"}}, R"(One, two, "three")"},
      {R"(#EXTINF:-1 tvg-id='a b' group-title='Bob's',X)",
       {{"tvg-id", "a b"}, {"group-title", "Bob's"}},
       "X"},
      {R"(#EXTINF:-1 tvg-id=n.uk tvg-chno=5.1,X)", {{"tvg-id", "n.uk"}, {"tvg-chno", "5.1"}}, "X"},
      {R"(#EXTINF:-1 group-title=News,BBC One)", {{"group-title", "News"}}, "BBC One"},
      {R"(#EXTINF:-1 tvg-name=BBC One tvg-id="1",BBC)", {{"tvg-name", "BBC"}, {"tvg-id", "1"}}, "BBC"},
      {R"(#EXTINF:-1 tvg-id="" tvg-name=""  group-title="" ,X)",
       {{"tvg-id", ""}, {"tvg-name", ""}, {"group-title", ""}},
       "X"},
      {R"(#EXTINF:-1 tvg-id="1"tvg-name="x",X)", {{"tvg-id", "1"}, {"tvg-name", "x"}}, "X"},
      {R"(#EXTINF:-1tvg-id="1",X)", {{"tvg-id", "1"}}, "X"},
      {"#EXTINF:-1\ttvg-id=\"1\"\t,X", {{"tvg-id", "1"}}, "X"},
      {R"(#EXTINF:-1 tvg-id=" 1 ",X)", {{"tvg-id", "1"}}, "X"},
      {R"(#extinf:-1 TVG-ID="1",X)", {{"TVG-ID", "1"}}, "X"},
      {R"(#EXTINF -1 tvg-id="1",X)", {{"tvg-id", "1"}}, "X"},
      // Attributes behind a comma.
      {R"(#EXTINF:-1,tvg-id="1" tvg-name="x" group-title="g",X)",
       {{"tvg-id", "1"}, {"tvg-name", "x"}, {"group-title", "g"}},
       "X"},
      {R"(#EXTINF:-1 tvg-id="1", tvg-name="x",X)", {{"tvg-id", "1"}, {"tvg-name", "x"}}, "X"},
      // Quotes that do not fit.
      {R"(#EXTINF:-1 tvg-name="Das "Boot" 1981" group-title="Film",Das "Boot")",
       {{"tvg-name", "Das 'Boot' 1981"}, {"group-title", "Film"}},
       R"(Das "Boot")"},
      {R"(#EXTINF:-1 tvg-name="BBC, group-title="News",BBC One)",
       {{"tvg-name", "BBC"}, {"group-title", "News"}},
       "BBC One"},
      {R"(#EXTINF:-1 tvg-name="BBC,BBC One)", {{"tvg-name", "BBC"}}, "BBC One"},
      {R"(#EXTINF:-1 tvg-id="1"; tvg-name="x",X)", {{"tvg-id", "1"}, {"tvg-name", "x"}}, "X"},
      {R"(#EXTINF:-1 a='x "y"' b=1"2,X)", {{"a", "x 'y'"}, {"b", "1'2"}}, "X"},
      // Without a name, without a comma, without anything.
      {R"(#EXTINF:-1 tvg-name="News",)", {{"tvg-name", "News"}}, "News"},
      {R"(#EXTINF:-1 tvg-name="News")", {{"tvg-name", "News"}}, "News"},
      {R"(#EXTINF:-1 tvg-id="1" News HD)", {{"tvg-id", "1"}}, "News HD"},
      {"#EXTINF:-1 News", {}, "News"},
      {"#EXTINF:News", {}, "News"},
      {"#EXTINF:,News", {}, "News"},
      {"#EXTINF:", {}, ""},
      {"#EXTINF", {}, ""},
      // What is there for certain programs.
      {R"(#EXTINF:-1 catchup="default" catchup-days="7" catchup-source="http://a/?utc={utc}&l={lutc}",X)",
       {{"catchup", "default"}, {"catchup-days", "7"}, {"catchup-source", "http://a/?utc={utc}&l={lutc}"}},
       "X"},
      {R"(#EXTINF:0 timeshift="5" tvg-rec="5" tvc-guide-stationid="10021" x-y_z.1="?",X)",
       {{"timeshift", "5"}, {"tvg-rec", "5"}, {"tvc-guide-stationid", "10021"}, {"x-y_z.1", "?"}},
       "X"},
      {R"(#EXTINF:-1 a="1" b="2" a="3",X)", {{"a", "1"}, {"b", "2"}, {"a", "3"}}, "X"},
  };
  for (const auto& row : rows) {
    const auto entry = read(row.line);
    CAPTURE(row.line);
    CHECK(entry.attributes == row.attributes);
    CHECK(entry.name == row.name);
    CHECK_FALSE(entry.duration);
  }
}

TEST_CASE("durations") {
  const struct {
    std::string text;
    std::optional<std::chrono::milliseconds> duration;
  } rows[] = {
      {"-1", {}},         {"0", {}},     {"0.0004", {}}, {"", {}},
      {"-5400", {}},      {"10", 10s},   {"+10.", 10s},  {"5400.25", 5'400'250ms},
      {"1.9999", 1999ms}, {".5", 500ms}, {"-", {}},      {"99999999999999999999", 1'000'000'000s},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(read("#EXTINF:" + row.text + ",X").duration == row.duration);
    CHECK(read("#EXTINF:" + row.text + " a=\"b\",X").duration == row.duration);
  }
}

TEST_CASE("a line of quotes takes no longer than another one") {
  std::string line = "#EXTINF:-1";
  while (line.size() < 200'000)
    line += R"( a="b" "c)";
  const auto playlist = read_playlist("#EXTM3U\n" + line + "\nhttp://p/1\n");
  CHECK(playlist.refused); // for the number of attributes; the time-out of the test says the rest
}
