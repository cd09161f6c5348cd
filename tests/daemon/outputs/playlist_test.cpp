// SPDX-License-Identifier: LGPL-2.1-or-later
#include "outputs/playlist.hpp"

#include "base/text.hpp"
#include "m3u_copy.hpp"

#include <doctest/doctest.h>
#include <set>

using namespace relevo;
using namespace relevo::outputs;

namespace {

const PlaylistOptions kOptions{"http://tv.lan:8383", "http://tv.lan:8383/guide.xml?group=a%20b"};

/// `name` must outlive it.
LineupChannel make(std::string_view name, std::string_view id = "id") {
  LineupChannel one;
  one.channel.uuid = "0a-1b";
  one.channel.name = name;
  one.id = id;
  return one;
}

LineupChannel make_news() {
  auto one = make("News, the \"HD\"", "news.uk");
  one.channel.number = {5, 1};
  one.channel.logo = "http://logos/news.png?a=1&b=2";
  one.channel.group = "UK";
  return one;
}

std::string write(const std::vector<LineupChannel>& channels, const PlaylistOptions& options = kOptions) {
  std::string text;
  write_playlist({channels, {}}, options, [&text](std::string_view block) { text += block; });
  return text;
}

std::string write_as(const char* dialect, const std::vector<LineupChannel>& channels,
                     StreamFormat format = StreamFormat::Ts) {
  auto options = kOptions;
  options.dialect = find_dialect(dialect);
  options.format = format;
  REQUIRE(options.dialect);
  return write(channels, options);
}

constexpr std::string_view kGuideHead = "#EXTM3U url-tvg=\"http://tv.lan:8383/guide.xml?group=a%20b\" "
                                        "x-tvg-url=\"http://tv.lan:8383/guide.xml?group=a%20b\"\n";
constexpr std::string_view kAddress = "http://tv.lan:8383/stream/0a-1b.ts\n";

} // namespace

TEST_CASE("each dialect says what its players ask of it, in their words") {
  struct Row {
    const char* dialect;
    std::string_view head;
    std::string_view news;  // with everything
    std::string_view other; // with nothing but a name
    std::string_view hint = "";
  };
  constexpr std::string_view kNone = "#EXTM3U\n";
  constexpr std::string_view kCommonNews = " tvg-id=\"news.uk\" tvg-name=\"News, the 'HD'\" "
                                           "tvg-logo=\"http://logos/news.png?a=1&b=2\" tvg-chno=\"5.1\" "
                                           "group-title=\"UK\",News, the 'HD'";
  constexpr std::string_view kCommonOther = " tvg-id=\"id\" tvg-name=\"Other\",Other";
  const Row rows[] = {
      {"generic", kGuideHead, kCommonNews, kCommonOther},
      {"kodi", kGuideHead, kCommonNews, kCommonOther, "#KODIPROP:mimetype=video/mp2t\n"},
      {"channels", kNone,
       " channel-id=\"0a-1b\" channel-number=\"5.1\" tvg-id=\"news.uk\" tvg-name=\"News, the 'HD'\" "
       "tvg-logo=\"http://logos/news.png?a=1&b=2\" group-title=\"UK\",News, the 'HD'",
       " channel-id=\"0a-1b\" tvg-id=\"id\" tvg-name=\"Other\",Other"},
      {"tivimate", kGuideHead, kCommonNews, kCommonOther},
      {"jellyfin", kNone,
       " channel-id=\"0a-1b\" tvg-chno=\"5.1\" tvg-id=\"news.uk\" tvg-name=\"News, the 'HD'\" "
       "tvg-logo=\"http://logos/news.png?a=1&b=2\" group-title=\"UK\",News; the 'HD'",
       " channel-id=\"0a-1b\" tvg-id=\"id\" tvg-name=\"Other\",Other"},
      {"vlc", kNone, " group-title=\"UK\" tvg-logo=\"http://logos/news.png?a=1&b=2\",News, the 'HD'",
       ",Other", "#EXTVLCOPT:http-reconnect=true\n"},
      {"m3u_plus", kNone,
       " tvg-id=\"news.uk\" tvg-name=\"News, the 'HD'\" tvg-logo=\"http://logos/news.png?a=1&b=2\" "
       "group-title=\"UK\",News, the 'HD'",
       " tvg-id=\"id\" tvg-name=\"Other\" tvg-logo=\"\" group-title=\"\",Other"},
      {"m3u", kNone, ",News, the 'HD'", ",Other"},
  };
  REQUIRE(std::size(rows) == dialects().size());
  for (const auto& row : rows) {
    CAPTURE(row.dialect);
    CHECK(write_as(row.dialect, {make_news(), make("Other")}) ==
          concat(row.head, "#EXTINF:-1", row.news, "\n", row.hint, kAddress, "#EXTINF:-1", row.other, "\n",
                 row.hint, kAddress));
  }
}

TEST_CASE("a dialect is found by its name, whatever its case") {
  CHECK(find_dialect("KODI") == find_dialect("kodi"));
  CHECK(find_dialect("kodi")->players == "Kodi");
  CHECK(find_dialect("") == nullptr);
  CHECK(find_dialect("kodi2") == nullptr);
  CHECK(PlaylistOptions().dialect->name == "generic");
}

TEST_CASE("addresses lead to a transport stream, or to HLS") {
  auto options = kOptions;
  CHECK(write({make("a")}, options).ends_with("\nhttp://tv.lan:8383/stream/0a-1b.ts\n"));
  options.format = StreamFormat::Hls;
  CHECK(write({make("a")}, options).ends_with("\nhttp://tv.lan:8383/stream/0a-1b.m3u8\n"));
  options.token = "a b";
  CHECK(write({make("a")}, options).ends_with("\nhttp://tv.lan:8383/stream/0a-1b.m3u8?token=a%20b\n"));
  CHECK(
      write_as("kodi", {make("a")}, StreamFormat::Hls)
          .ends_with(
              "\n#KODIPROP:mimetype=application/vnd.apple.mpegurl\nhttp://tv.lan:8383/stream/0a-1b.m3u8\n"));
}

namespace {

/// What our own reader finds in what was written.
void check_name(std::string_view name, std::string seen, const Dialect& dialect) {
  CAPTURE(name);
  CAPTURE(dialect.name);
  auto one = make(name, seen);
  one.channel.group = name;
  one.channel.logo = "http://logos/1.png";
  const auto playlist = m3u::read_playlist(write_as(dialect.name.data(), {one, make("next")}));
  REQUIRE_FALSE(playlist.refused);
  CHECK(playlist.faults.empty());
  REQUIRE(playlist.entries.size() == 2);
  const auto& entry = playlist.entries[0];
  CHECK(entry.tags.size() == (dialect.hint.tag.empty() ? 0 : 1));
  CHECK(entry.address == m3u::AddressCopy("http://tv.lan:8383/stream/0a-1b.ts"));
  m3u::Pairs told;
  for (const auto& [attribute, fact] : dialect.columns)
    if (fact != Fact::Number)
      told.emplace_back(attribute, fact == Fact::Uuid   ? "0a-1b"
                                   : fact == Fact::Logo ? "http://logos/1.png"
                                                        : seen);
  CHECK(entry.attributes == told);
  if (!dialect.commas) std::ranges::replace(seen, ',', ';');
  CHECK(entry.name == seen);
  CHECK(playlist.entries[1].name == "next");
}

} // namespace

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
  for (const auto& [name, seen] : names)
    for (const auto& dialect : dialects())
      check_name(name, seen, dialect);
}

TEST_CASE("addresses of a panel are made of user, token and a number") {
  auto options = kOptions;
  options.token = "to/ken";
  options.panel_user = "Ann & Bob";
  auto one = make("a");
  one.channel.id = {7};
  CHECK(write({one}, options).ends_with("\nhttp://tv.lan:8383/live/Ann%20%26%20Bob/to%2Fken/7.ts\n"));
  options.format = StreamFormat::Hls;
  CHECK(write({one}, options).ends_with("\nhttp://tv.lan:8383/live/Ann%20%26%20Bob/to%2Fken/7.m3u8\n"));
}

TEST_CASE("a uuid that somebody made up stays a part of the address") {
  auto one = make("a");
  one.channel.uuid = "a b/../?#\n%";
  CHECK(write({one}).ends_with("\nhttp://tv.lan:8383/stream/a%20b%2F..%2F%3F%23%0A%25.ts\n"));
}

TEST_CASE("a long list goes out in blocks, and whoever takes them may end it") {
  std::size_t blocks = 0, largest = 0;
  struct Enough {};
  const auto take = [&](std::string_view block) {
    largest = std::max(largest, block.size());
    if (++blocks == 3) throw Enough();
  };
  CHECK_THROWS_AS(write_playlist({std::vector(10'000, make("name")), {}}, kOptions, take), Enough);
  CHECK(largest >= 64u << 10);
  CHECK(largest < 66u << 10);
}

TEST_CASE("the state is another one when the playlist is") {
  std::set<std::string> states{state_of(kOptions)};
  const auto changed = [&states](const PlaylistOptions& options) {
    CHECK(state_of(options) == state_of(options));
    return states.insert(state_of(options)).second;
  };
  auto options = kOptions;
  options.base = "http://b";
  CHECK(changed(options));
  options.guide_url = "http://b/g";
  CHECK(changed(options));
  options.token = "t";
  CHECK(changed(options));
  options.panel_user = "u";
  CHECK(changed(options));
  options.format = StreamFormat::Hls;
  CHECK(changed(options));
  options.dialect = find_dialect("vlc");
  CHECK(changed(options));
}
