// SPDX-License-Identifier: LGPL-2.1-or-later
// Addresses, and what stands behind them.
#include "m3u_copy.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::m3u;

namespace {

EntryCopy read(const std::string& lines) {
  const auto playlist = read_playlist("#EXTM3U\n#EXTINF:-1,X\n" + lines);
  CAPTURE(lines);
  REQUIRE(playlist.faults.empty());
  REQUIRE(playlist.entries.size() == 1);
  return playlist.entries.front();
}

std::string fault_of(const std::string& lines) {
  const auto playlist = read_playlist("#EXTM3U\n#EXTINF:-1,X\n" + lines + "\n#EXTINF:-1,Y\nhttp://p/y\n");
  REQUIRE(playlist.entries.size() == 1);
  CHECK(playlist.entries[0].name == "Y");
  REQUIRE(playlist.faults.size() == 1);
  return playlist.faults[0].message;
}

} // namespace

TEST_CASE("any address is taken as it is") {
  for (const std::string url :
       {"http://u:p@h:8080/live/u/p/1.ts?token=a,b#x", "rtsp://h/1", "rtmp://h/a playpath=b live=1",
        "udp://@239.0.0.1:1234", "rtp://[ff15::1]:5000", "srt://h:1?mode=caller",
        "acestream://0123456789abcdef", "plugin://plugin.video.x/?a=b", "mms://h/x", "../films/a film.ts",
        "/srv/tv/1.ts", "file:///srv/tv/1.ts", "C:\\tv\\1.ts", "http://h/ä",
        "pipe:///usr/bin/ffmpeg -i http://h/x | tee a=b|http://h"}) {
    const auto entry = read(url);
    CHECK(entry.address == AddressCopy(url));
    CHECK(entry.backups.empty());
  }
}

TEST_CASE("headers behind the address") {
  const auto headers = [](const std::string& tail) { return read("http://p/1.ts" + tail).address.headers; };
  CHECK(headers("|User-Agent=UA&Referer=http%3A%2F%2Fr%2F") ==
        Pairs{{"User-Agent", "UA"}, {"Referer", "http://r/"}});
  CHECK(headers("|Referer=http://r/|User-Agent=a b|Origin=o") ==
        Pairs{{"Referer", "http://r/"}, {"User-Agent", "a b"}, {"Origin", "o"}});
  CHECK(headers(" | User-Agent = a ") == Pairs{{"User-Agent", "a"}});
  CHECK(headers("|User-Agent=") == Pairs{{"User-Agent", ""}});
  CHECK(headers("|User-Agent=X (a & b; c)&Referer=r") ==
        Pairs{{"User-Agent", "X (a & b; c)"}, {"Referer", "r"}});
  CHECK(headers("|Cookie=a=b; c=d&X=e%3Df") == Pairs{{"Cookie", "a=b; c=d"}, {"X", "e=f"}});
  CHECK(headers("|X=1&&Y=2&") == Pairs{{"X", "1&"}, {"Y", "2&"}});
  CHECK(headers("|X=%C3%A4%2b+") == Pairs{{"X", "ä++"}});
}

TEST_CASE("what cannot be decoded stays as it is") {
  const auto value = [](const std::string& coded) {
    return read("u|X=" + coded).address.headers.at(0).second;
  };
  CHECK(value("%") == "%");
  CHECK(value("%4") == "%4");
  CHECK(value("%4g%41") == "%4gA");
  CHECK(value("%0d%0aEvil:%201") == "%0d%0aEvil:%201"); // no header may begin another one
  CHECK(value("%ff") == "%ff");
  CHECK(value("%20a%20") == "a");
}

TEST_CASE("a bar that begins neither header nor address belongs to the address") {
  const auto entry = read("http://p/a|b/c|d?e=f|X=y");
  CHECK(entry.address == AddressCopy("http://p/a|b/c|d?e=f", {{"X", "y"}}));
}

TEST_CASE("backups behind the address and in lines of their own, each with its headers") {
  const auto entry = read("#EXTBACKUP:http://b/1|User-Agent=b\n"
                          "#EXTBACKUP: relative.ts\n"
                          "#EXTBACKUP:\n"
                          "#EXTBACKUP:|X=1\n"
                          "http://p/1|X=1|http://c/1|http://d/1?a=b|Y=2|pipe://cat|Z=3\n");
  CHECK(entry.address == AddressCopy("http://p/1", {{"X", "1"}}));
  CHECK(entry.backups == std::vector<AddressCopy>{{"http://b/1", {{"User-Agent", "b"}}},
                                                  {"relative.ts"},
                                                  {"http://c/1"},
                                                  {"http://d/1?a=b", {{"Y", "2"}}},
                                                  {"pipe://cat|Z=3"}});
}

TEST_CASE("addresses that are none") {
  CHECK(fault_of("<html>") == "markup where an address should be");
  CHECK(fault_of("http://p/\x01") == "an address with control characters");
  CHECK(fault_of("|User-Agent=x") == "headers without an address");
  std::string many = "http://p/1";
  for (std::size_t i = 0; i <= kMaxAttributes; ++i)
    many += "|http://b/1";
  CHECK(fault_of(many) == "too many attributes, tags, headers or backups");
  many = "http://p/1|A=1";
  for (std::size_t i = 0; i < kMaxAttributes; ++i)
    many += "&B=1";
  CHECK(fault_of(many) == "too many attributes, tags, headers or backups");
}
