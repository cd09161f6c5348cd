// SPDX-License-Identifier: LGPL-2.1-or-later
// Whole playlists: which lines make an entry, what is reported, what is refused.
#include "m3u/parse.hpp"

#include "m3u_copy.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::m3u;

namespace {

std::vector<std::string> names(const PlaylistCopy& playlist) {
  std::vector<std::string> all;
  for (const auto& entry : playlist.entries)
    all.push_back(entry.name);
  return all;
}

std::vector<std::string> groups(const std::string& text) {
  std::vector<std::string> all;
  for (const auto& entry : read_playlist(text).entries)
    all.emplace_back(find(view(entry.attributes), "group-title"));
  return all;
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("a playlist as most providers write it") {
  const auto playlist = read_playlist("#EXTM3U url-tvg=\"http://g/x.xml.gz\" x-tvg-url=http://g/y.xml\r\n"
                                      "\r\n"
                                      "#EXTINF:-1 tvg-id=\"a\" group-title=\"News\",A\r\n"
                                      "http://p/live/u/p/1.ts\r\n"
                                      "# a comment\r\n"
                                      "#EXTINF:-1 tvg-id=\"b\",B\r\n"
                                      "#EXTVLCOPT:http-user-agent=UA\r\n"
                                      "#KODIPROP:mimetype=video/mp2t\r\n"
                                      "#EXTVLCOPT--http-reconnect=true\r\n"
                                      "http://p/live/u/p/2.ts");
  CHECK(playlist.heads ==
        std::vector<Pairs>{{{"url-tvg", "http://g/x.xml.gz"}, {"x-tvg-url", "http://g/y.xml"}}});
  CHECK(playlist.counts == Counts{2, 0});
  REQUIRE(playlist.entries.size() == 2);
  CHECK(playlist.lines == std::vector<std::size_t>{3, 6});
  CHECK(playlist.entries[0].address.url == "http://p/live/u/p/1.ts");
  CHECK(playlist.entries[1].attributes == Pairs{{"tvg-id", "b"}});
  CHECK(playlist.entries[1].tags == Pairs{{"EXTVLCOPT", "http-user-agent=UA"},
                                          {"KODIPROP", "mimetype=video/mp2t"},
                                          {"EXTVLCOPT--http-reconnect=true", ""}});
}

TEST_CASE("tags may stand before EXTINF, and belong to the entry whose address follows") {
  const auto playlist = read_playlist("#EXTM3U\n#KODIPROP:a=b\n#EXTINF:-1,A\n#EXTIMG:x\nhttp://p/1\n"
                                      "#EXTINF:-1,B\nhttp://p/2\n");
  REQUIRE(playlist.entries.size() == 2);
  CHECK(playlist.entries[0].tags == Pairs{{"KODIPROP", "a=b"}, {"EXTIMG", "x"}});
  CHECK(playlist.entries[1].tags.empty());
}

TEST_CASE("playlists without EXTM3U, and with several") {
  CHECK(names(read_playlist("#EXTINF:-1,A\nhttp://p/1\n")) == Names{"A"});
  CHECK(names(read_playlist("\n# mine\nhttp://p/1\nudp://@239.0.0.1:1\n")) == Names{"", ""});
  const auto joined = read_playlist("#EXTM3U a=\"1\"\n#EXTINF:-1,A\nhttp://p/1\n"
                                    "#EXTM3U a=\"2\"\n#EXTINF:-1,B\nhttp://p/2\n");
  CHECK(names(joined) == Names{"A", "B"});
  CHECK(joined.heads == std::vector<Pairs>{{{"a", "1"}}, {{"a", "2"}}});
}

TEST_CASE("EXTGRP holds until another group is named") {
  CHECK(groups("#EXTM3U\n"
               "#EXTINF:-1,A\n#EXTGRP:One\nhttp://p/1\n"
               "#EXTINF:-1,B\nhttp://p/2\n"
               "#EXTINF:-1 group-title=\"Two\",C\nhttp://p/3\n"
               "#EXTINF:-1,D\nhttp://p/4\n"
               "#EXTGRP: \"Three\" \n#EXTINF:-1 group-title=\"\",E\nhttp://p/5\n"
               "#EXTINF:-1,F\nhttp://p/6\n"
               "#EXTINF:-1 group-title=\"Four\",G\n#EXTGRP:Five\nhttp://p/7\n"
               "#EXTINF:-1,H\nhttp://p/8\n"
               "#EXTGRP:\n#EXTINF:-1,I\nhttp://p/9\n") ==
        Names{"One", "One", "Two", "", "'Three'", "'Three'", "Four", "Five", ""});
}

TEST_CASE("a malformed entry costs only itself") {
  const std::string before = "#EXTM3U\n#EXTINF:-1,A\nhttp://p/1\n", after = "#EXTINF:-1,Z\nhttp://p/9\n";
  const std::string long_text(kMaxLineSize + 1, 'x');
  std::string attributes, lines;
  for (std::size_t i = 0; i <= kMaxAttributes; ++i)
    attributes += " a=\"b\"";
  for (std::size_t i = 0; i <= kMaxAttributes; ++i)
    lines += "#EXTX:1\n";
  const std::string part(kMaxLineSize - 10, 'x');
  const std::string big = "#EXTA:" + part + "\n#EXTB:" + part + "\n#EXTC:" + part + "\n#EXTD:" + part +
                          "\n#EXTE:1234567890123456789012345678901234567890\n";
  const struct {
    std::string lines;
    Fault fault;
  } rows[] = {
      {"#EXTINF:-1,B\n", {4, "an entry without an address"}},
      {"#EXTINF:-1,B\n#EXTX:1\n", {4, "an entry without an address"}},
      {"#EXTINF:-1 a=\"" + long_text + "\",B\nhttp://p/2\n", {4, "a line of more than 262144 bytes"}},
      {"#EXTINF:-1,B\n#EXTX:" + long_text + "\nhttp://p/2\n", {5, "a line of more than 262144 bytes"}},
      {"#EXTX:" + long_text + "\n#EXTINF:-1,B\nhttp://p/2\n", {4, "a line of more than 262144 bytes"}},
      {"#EXTINF:-1,B\n#EXTGRP:" + long_text + "\nhttp://p/2\n", {5, "a line of more than 262144 bytes"}},
      {"#EXTINF:-1,B\nhttp://p/" + long_text + "\n", {5, "a line of more than 262144 bytes"}},
      {"#EXTINF:-1" + attributes + ",B\nhttp://p/2\n", {4, "too many attributes, tags, headers or backups"}},
      {"#EXTINF:-1,B\n" + lines + "http://p/2\n", {4, "too many attributes, tags, headers or backups"}},
      {"#EXTINF:-1,B\n" + lines + lines + lines + "http://p/2\n", {388, "an entry of more than 384 lines"}},
      {"#EXTINF:-1,B\n" + big + "http://p/2\n", {9, "an entry of more than 1048576 bytes"}},
      {"Error: too many connections\n",
       {4, "text that belongs to no entry: \"Error: too many connections\""}},
      {"<html>\n", {4, "markup where an address should be"}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.lines.substr(0, 100));
    const auto playlist = read_playlist(before + row.lines + after);
    CHECK(names(playlist) == Names{"A", "Z"});
    REQUIRE(playlist.faults.size() == 1);
    CHECK(playlist.faults[0].line == row.fault.line);
    CHECK(playlist.faults[0].message == row.fault.message);
    CHECK(playlist.counts == Counts{2, 1});
    // The same at the end of the input.
    CHECK(names(read_playlist(before + row.lines)) == Names{"A"});
    CHECK(read_playlist(before + row.lines).faults == playlist.faults);
  }
}

TEST_CASE("a long comment is no fault") {
  const auto playlist =
      read_playlist("#EXTM3U\n# " + std::string(kMaxLineSize, '-') + "\n#EXTINF:-1,A\nhttp://p/1");
  CHECK(names(playlist) == Names{"A"});
  CHECK(playlist.faults.empty());
}

TEST_CASE("an error page behind the list costs the entry that it breaks off") {
  const auto playlist =
      read_playlist("#EXTM3U\n#EXTINF:-1,A\nhttp://p/1\n#EXTINF:-1,B\n<html><body>\n</html>");
  CHECK(names(playlist) == Names{"A"});
  CHECK(playlist.counts == Counts{1, 2});
}

TEST_CASE("what is no playlist of channels is refused with what was seen") {
  const struct {
    std::string text;
    Error error;
  } rows[] = {
      {"", {"the playlist is empty", 1}},
      {"\n \r\n", {"the playlist is empty", 2}},
      {"# only a comment\n", {"the playlist is empty", 1}},
      {"#EXTM3U\n", {"the playlist has no entry", 1}},
      {"#EXTM3U\n#EXTINF:-1,A\n#EXTINF:-1,B\n", {"none of the entries can be used, 2 are malformed", 3}},
      {"\n<!DOCTYPE html><html>\n#EXTINF:-1,A\nhttp://p/1",
       {"this is a web page or XML and not a playlist: expected #EXTM3U, saw \"<!DOCTYPE html><html>\"", 2}},
      {"{\"user_info\":{\"auth\":0}}",
       {"this is JSON and not a playlist: expected #EXTM3U, saw \"{\"user_info\":{\"auth\":0}}\"", 1}},
      {"\x1f\x8b\x08\x01",
       {"this is compressed data (gzip) and not a playlist: expected #EXTM3U, saw \"????\"", 1}},
      {"PK\x03\x04", {"this is compressed data (zip) and not a playlist: expected #EXTM3U, saw \"PK??\"", 1}},
      {std::string("\xfd"
                   "7zXZ\0",
                   6),
       {"this is compressed data (xz) and not a playlist: expected #EXTM3U, saw \"?7zXZ?\"", 1}},
      {std::string("\xff\xfe#\0", 4),
       {"this is text in UTF-16 and not a playlist: expected #EXTM3U, saw \"??#?\"", 1}},
      {std::string("G@\0\x10", 4),
       {"this is binary data and not a playlist: expected #EXTM3U, saw \"G@??\"", 1}},
      {"Not found\n", {"this is other text and not a playlist: expected #EXTM3U, saw \"Not found\"", 1}},
      {"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n1.ts\n",
       {"this is an HLS playlist, which is one stream and not a list of them", 3}},
      {"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n1.m3u8\n",
       {"this is an HLS playlist, which is one stream and not a list of them", 2}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto playlist = read_playlist(row.text);
    CHECK(playlist.refused);
    CHECK(playlist.error.message == row.error.message);
    CHECK(playlist.error.offset == row.error.offset);
    CHECK(playlist.entries.empty());
  }
}

TEST_CASE("no more input is wanted once it is refused") {
  Parser parser({});
  CHECK(parser.push(as_bytes("\n<ht")));
  CHECK_FALSE(parser.push(as_bytes("ml>\n")));
  CHECK_FALSE(parser.push(as_bytes("#EXTM3U\n#EXTINF:-1,A\nhttp://p/1\n")));
  CHECK_FALSE(parser.finish());
}

TEST_CASE("a film list may name its type in HLS words") {
  CHECK(names(read_playlist("#EXTM3U\n#EXTINF:-1,A\n#EXT-X-PLAYLIST-TYPE:VOD\nhttp://p/1\n")) == Names{"A"});
}

TEST_CASE("endless lines are not kept") {
  Parser parser({});
  const std::string block(1 << 20, 'x');
  CHECK(parser.push(as_bytes("#EXTM3U\n#EXTINF:-1,")));
  for (int i = 0; i < 64; ++i)
    CHECK(parser.push(as_bytes(block)));
  CHECK(parser.push(as_bytes("\nhttp://p/1\n#EXTINF:-1,B\nhttp://p/2\n")));
  const auto counts = parser.finish();
  REQUIRE(counts);
  CHECK(*counts == Counts{1, 1});
}

TEST_CASE("a list that ends inside an entry was cut") {
  CHECK_FALSE(read_playlist("#EXTM3U\n#EXTINF:-1,A\nhttp://p/1").counts.cut);
  CHECK(read_playlist("#EXTM3U\n#EXTINF:-1,A\nhttp://p/1\n#EXTINF:-1,B\n#EXTGRP:x").counts.cut);
  CHECK(read_playlist("#EXTM3U\n#EXTINF:-1,A\nhttp://p/1\n#EXTINF:-1 tvg-id=\"x").counts.cut);
}

TEST_CASE("any split of the same bytes gives the same events") {
  const std::string long_line = "#EXTINF:-1," + std::string(kMaxLineSize + 5, 'x') + "\nhttp://p/2\n";
  const std::string texts[] = {
      "\xef\xbb\xbf#EXTM3U url-tvg=\"x\"\r\n#EXTINF:-1 tvg-id=\"\xc3\xa9\" a='b',Caf\xe9, \xe2\x82\xac\r\n"
      "#EXTGRP:G\r\n#EXTBACKUP:http://b/1|X=%41\r\nhttp://p/1|User-Agent=a%20b&R=1|http://c\r\n"
      "#EXTINF:-1,B\r\n#EXTINF:5.5,C\r\n\r\n# comment\r\nhttp://p/2\r\nstray\r\n#EXTM3U\r\nudp://@1:2",
      "\n\n<html>\n#EXTINF:-1,A\nhttp://p/1\n",
      "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n1.ts\n",
      "",
  };
  for (const auto& text : texts) {
    const auto whole = read_playlist(text);
    for (std::size_t size = 1; size <= 40; ++size) {
      CAPTURE(size);
      CHECK(read_playlist(text, size) == whole);
    }
  }
  for (const std::size_t size : {1000U, 65536U, unsigned{kMaxLineSize}, unsigned{kMaxLineSize} + 1}) {
    const auto text = "#EXTM3U\n" + long_line + "#EXTINF:-1,B\nhttp://p/3";
    CHECK(read_playlist(text, size) == read_playlist(text));
  }
}
