// SPDX-License-Identifier: LGPL-2.1-or-later
#include "xtream/panel.hpp"

#include "base/text.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::xtream;

namespace {

/// "base user password", "base" without a login, or why it is refused.
std::string pasted(std::string_view text) {
  const auto read = parse_panel(text);
  if (!read) return "refused: " + read.error().message;
  return read->login ? concat(read->panel.base, ' ', read->login->user, ' ', read->login->password)
                     : read->panel.base;
}

/// "kind id base user password", or "" for what is none.
std::string identified(std::string_view url) {
  const auto found = identify(url);
  if (!found) return {};
  static constexpr std::string_view kKinds[] = {"live", "movie", "episode"};
  return concat(kKinds[static_cast<std::size_t>(found->kind)], ' ', found->id, ' ', found->base, ' ',
                found->user, ' ', found->password);
}

struct Row {
  const char* text;
  const char* result;
};

} // namespace

TEST_CASE("a panel as it is pasted") {
  for (const auto& test : {
           Row{"tv.example:8080", "http://tv.example:8080"},
           {"tv.example", "http://tv.example"},
           {" http://TV.Example:8080/ \n", "http://tv.example:8080"},
           {"HTTPS://tv.example//", "https://tv.example"},
           {"http://[::1]:8080/", "http://[::1]:8080"},
           {"http://tv.example/Sub/Path/", "http://tv.example/Sub/Path"},
           {"http://h:1/sub/player_api.php?username=joe&password=se%2Fcret", "http://h:1/sub joe se/cret"},
           {"h:1/player_api.php?password=p&action=get_live_streams&username=a%40b+c", "http://h:1 a@b c p"},
           {"http://h/get.php?username=u&password=p&type=m3u_plus&output=ts", "http://h u p"},
           {"http://h/get.php?username=u", "http://h"},
           {"http://h/xmltv.php?username=u&password=p#x", "http://h u p"},
           {"http://h/panel_api.PHP", "http://h"},
           {"http://h?username=u&password=", "http://h u "},
           {"http://joe:a%3Ab@h:1/x", "http://h:1/x joe a:b"},
           {"http://x:y@h/player_api.php?username=u&password=p", "http://h u p"},
           {"http://h:1/live/joe/secret/77.ts", "http://h:1 joe secret"},
           {"http://h:1/sub/movie/joe/secret/77.mkv", "http://h:1/sub joe secret"},
           {"http://h/joe/secret/77", "http://h joe secret"},
           {"h/next?url=http://other/", "http://h/next"},
       }) {
    CAPTURE(test.text);
    CHECK(pasted(test.text) == test.result);
  }
}

TEST_CASE("what is no panel's address says why") {
  for (const auto& test : {
           Row{"", "refused: the address of the panel is missing"},
           {" ", "refused: the address of the panel is missing"},
           {"my panel", "refused: the address of a panel has no blanks in it"},
           {"ftp://h/", "refused: the address of a panel is a host or begins with http:// or https://"},
           {"http://", "refused: the address of a panel is a host or begins with http:// or https://"},
           {"http://:80/", "refused: the address of a panel needs a host"},
           {"http://u:p@/", "refused: the address of a panel needs a host"},
           {"h:port", "refused: what follows the host is no port: \"h:port\""},
           {"h:0", "refused: what follows the host is no port: \"h:0\""},
           {"h:65536", "refused: what follows the host is no port: \"h:65536\""},
           {"http://[::1/", "refused: what follows the host is no port: \"[::1\""},
       }) {
    CAPTURE(test.text);
    CHECK(pasted(test.text) == test.result);
  }
}

TEST_CASE("URLs carry the login as it is now, encoded") {
  const Panel panel{"http://h:1/sub"};
  const Login login{"a@b c", "p/&?%\xc3\xa9"};
  CHECK(api_url(panel, login) ==
        "http://h:1/sub/player_api.php?username=a%40b%20c&password=p%2F%26%3F%25%C3%A9");
  CHECK(api_url(panel, {"u", "p"}, "get_live_streams", {{"category_id", "5"}, {"x", "a b"}}) ==
        "http://h:1/sub/player_api.php?username=u&password=p&action=get_live_streams&category_id=5&x=a%20b");
  CHECK(guide_url(panel, {"u", "p"}) == "http://h:1/sub/xmltv.php?username=u&password=p");
  CHECK(live_url(panel, login, 7, "ts") == "http://h:1/sub/live/a%40b%20c/p%2F%26%3F%25%C3%A9/7.ts");
  CHECK(live_url(panel, {"u", "p"}, 7, "") == "http://h:1/sub/live/u/p/7");
  CHECK(live_url({"http://h"}, {"u", "p"}, 7, "m3u8", LivePath::Short) == "http://h/u/p/7.m3u8");
}

TEST_CASE("URLs of streams are recognised") {
  for (const auto& test : {
           Row{"http://h:1/live/u/p/101.ts", "live 101 http://h:1 u p"},
           {"https://h/live/u/p/101.m3u8?token=x", "live 101 https://h u p"},
           {"http://h/live/u/p/101", "live 101 http://h u p"},
           {"http://h/a/b/live/u/p/101.ts", "live 101 http://h/a/b u p"},
           {"http://h/u/p/101", "live 101 http://h u p"},
           {"http://h/u/p/101.ts|User-Agent=x", "live 101 http://h u p"},
           {"http://h/a%40b/p/101", "live 101 http://h a%40b p"},
           {"http://h/movie/u/p/9.mkv", "movie 9 http://h u p"},
           {"http://h/series/u/p/9.mp4", "episode 9 http://h u p"},
       }) {
    CAPTURE(test.text);
    CHECK(identified(test.text) == test.result);
  }
}

TEST_CASE("other URLs are not taken for streams of a panel") {
  for (const char* url : {"",
                          "http://h",
                          "http://h/",
                          "http://h/101.ts",
                          "http://h/p/101.ts",
                          "http://h/a/u/p/101.ts",
                          "http://h/u/p/one.ts",
                          "http://h/u/p/-1.ts",
                          "http://h/u/p/101.mp4",
                          "http://h/hls/p/101.ts",
                          "http://h/live/p/101.ts",
                          "http://h/live/u/p/",
                          "http://h/live/u//101.ts",
                          "http://h//u/p/1/",
                          "http://h/u/p/99999999999999999999",
                          "rtmp://h/live/u/p/101",
                          "udp://@239.0.0.1:1",
                          "/live/u/p/1.ts",
                          "http://h/timeshift/60/1.ts",
                          "http://h/live/u/p/101.ts/",
                          "http://h/x?y=/live/u/p/1.ts"}) {
    CAPTURE(url);
    CHECK(identified(url) == "");
  }
}

TEST_CASE("what is written is recognised, and read as the same panel and login") {
  for (const char* base : {"http://h", "https://h:8443/sub"})
    for (const Login& login : {Login{"u", "p"}, Login{"a@b.c", "x y/z%"}, Login{"live", "series"}}) {
      CAPTURE(base);
      CAPTURE(login.user);
      const auto url = live_url({base}, login, 42, "ts");
      CHECK(identify(url).value().id == 42);
      CHECK(parse_panel(url).value() == Pasted{{base}, login});
      CHECK(parse_panel(api_url({base}, login, "x")).value() == Pasted{{base}, login});
    }
  const auto url = live_url({"http://h"}, {"u", "p"}, 42, "", LivePath::Short);
  CHECK(parse_panel(url).value() == Pasted{{"http://h"}, Login{"u", "p"}});
}
