// SPDX-License-Identifier: LGPL-2.1-or-later
#include "outputs/playlist.hpp"

#include "base/text.hpp"
#include "m3u_copy.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::outputs;

namespace {

const PlaylistOptions kOptions{"http://tv.lan:8383", "http://tv.lan:8383/guide.xml?group=a%20b"};

LineupChannel make(const std::string& name, const std::string& id = "id") {
  LineupChannel one;
  one.channel.uuid = "0a-1b";
  one.channel.name = name;
  one.id = id;
  return one;
}

} // namespace

TEST_CASE("a playlist says what players ask of it") {
  auto one = make("News HD", "news.uk");
  one.channel.number = {5, 1};
  one.channel.logo = "http://logos/news.png?a=1&b=2";
  one.channel.group = "UK";
  CHECK(write_playlist({one, make("Other")}, kOptions) ==
        "#EXTM3U url-tvg=\"http://tv.lan:8383/guide.xml?group=a%20b\" "
        "x-tvg-url=\"http://tv.lan:8383/guide.xml?group=a%20b\"\n"
        "#EXTINF:-1 tvg-id=\"news.uk\" tvg-name=\"News HD\" tvg-logo=\"http://logos/news.png?a=1&b=2\" "
        "tvg-chno=\"5.1\" group-title=\"UK\",News HD\n"
        "http://tv.lan:8383/stream/0a-1b.ts\n"
        "#EXTINF:-1 tvg-id=\"id\" tvg-name=\"Other\",Other\n"
        "http://tv.lan:8383/stream/0a-1b.ts\n");
}

TEST_CASE("addresses lead to a transport stream, or to HLS") {
  auto options = kOptions;
  CHECK(write_playlist({make("a")}, options).ends_with("\nhttp://tv.lan:8383/stream/0a-1b.ts\n"));
  options.format = StreamFormat::Hls;
  CHECK(write_playlist({make("a")}, options).ends_with("\nhttp://tv.lan:8383/stream/0a-1b.m3u8\n"));
}

TEST_CASE("whatever a channel is called, players find its name, and nothing else is in the list") {
  const std::pair<const char*, const char*> names[] = {
      {"One, two", "One, two"},
      {",", ","},
      {"The \"best\" of", "The 'best' of"},
      {"tvg-id=\"x\", y", "tvg-id='x', y"},
      {"a=b", "a=b"},
      {"a\n#EXTINF:-1,b\nhttp://evil/", "a #EXTINF:-1,b http://evil/"},
      {"a\r\nhttp://evil/", "a  http://evil/"},
      {"Élan \xe2\x80\xa8 Ж 衛視 😀", "Élan \xe2\x80\xa8 Ж 衛視 😀"},
      {"#EXTGRP:x", "#EXTGRP:x"},
      {"5 USA", "5 USA"},
      {"100 %|Referer=x", "100 %|Referer=x"},
      {"' unclosed", "' unclosed"},
      {"back\\slash", "back\\slash"},
  };
  for (const auto& pair : names) {
    CAPTURE(pair.first);
    auto one = make(pair.first, pair.second);
    one.channel.group = pair.first;
    one.channel.logo = "http://logos/1.png";
    const auto playlist = m3u::read_playlist(write_playlist({one, make("next")}, kOptions));
    REQUIRE_FALSE(playlist.refused);
    CHECK(playlist.faults.empty());
    REQUIRE(playlist.entries.size() == 2);
    const auto& entry = playlist.entries[0];
    CHECK(entry.name == pair.second);
    CHECK(entry.attributes == m3u::Pairs{{"tvg-id", pair.second},
                                         {"tvg-name", pair.second},
                                         {"tvg-logo", "http://logos/1.png"},
                                         {"group-title", pair.second}});
    CHECK(entry.tags.empty());
    CHECK(entry.address == m3u::AddressCopy("http://tv.lan:8383/stream/0a-1b.ts"));
    CHECK(playlist.entries[1].name == "next");
  }
}

TEST_CASE("a uuid that somebody made up stays a part of the address") {
  auto one = make("a");
  one.channel.uuid = "a b/../?#\n%";
  CHECK(write_playlist({one}, kOptions)
            .ends_with("\nhttp://tv.lan:8383/stream/a%20b%2F..%2F%3F%23%0A%25.ts\n"));
}
