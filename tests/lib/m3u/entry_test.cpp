// SPDX-License-Identifier: LGPL-2.1-or-later
// What attributes mean.
#include "m3u/entry.hpp"

#include "m3u_copy.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::m3u;

namespace {

struct Meaning {
  std::string tvg_id, logo, number, mimetype;
  std::vector<std::string> groups;
  std::vector<Header> headers;
};

Meaning read(const std::string& lines) {
  Meaning meaning;
  Parser parser({.on_entry = [&](const Entry& entry) {
    meaning = {std::string(tvg_id(entry)),
               std::string(logo(entry)),
               std::string(channel_number(entry)),
               std::string(find_option(entry, "KODIPROP", "mimetype")),
               {},
               request_headers(entry)};
    for (const auto name : groups(entry))
      meaning.groups.emplace_back(name);
  }});
  REQUIRE(parser.push(as_bytes("#EXTM3U\n" + lines)));
  REQUIRE(parser.finish());
  return meaning;
}

std::string number(const std::string& attributes) {
  return read("#EXTINF:-1 " + attributes + ",X\nhttp://p/1").number;
}

} // namespace

TEST_CASE("identity, logo and groups under all their names") {
  const auto meaning =
      read("#EXTINF:-1 tvg-ID=\"n.uk\" logo=\"l.png\" group-title=\"UK | A; Sport;;\",X\nhttp://p/1");
  CHECK(meaning.tvg_id == "n.uk");
  CHECK(meaning.logo == "l.png");
  CHECK(meaning.groups == std::vector<std::string>{"UK | A", "Sport"});
}

TEST_CASE("channel numbers") {
  CHECK(number(R"(tvg-chno="5.1" channel-number="6")") == "5.1");
  CHECK(number(R"(channel-number="6" ch-number="7")") == "7");
  CHECK(number(R"(tvg-chno="" tvh-chnum="8")") == "8");
  CHECK(number("").empty());
}

TEST_CASE("options") {
  CHECK(
      read("#KODIPROP:inputstream=x\n#KODIPROP: mimetype = video/mp2t \n#EXTINF:-1,X\nhttp://p/1").mimetype ==
      "video/mp2t");
  CHECK(read("#EXTVLCOPT:mimetype=x\n#KODIPROP:mimetype\n#EXTINF:-1,X\nhttp://p/1").mimetype.empty());
}

TEST_CASE("headers from every way of giving them, the nearest to the address first") {
  const std::string kodi = "#KODIPROP:inputstream.adaptive.stream_headers=User-Agent=k%20k&X-K=1\n"
                           "#KODIPROP:inputstream.adaptive.manifest_headers=X-K=2&X-M=3\n";
  const std::string vlc = "#EXTVLCOPT:http-user-agent=v v\n#EXTVLCOPT:http-referrer=http://v/\n"
                          "#EXTVLCOPT:network-caching=1000\n#EXTVLCOPT:http-origin=http://o\n";
  const std::string attributes = "#EXTINF:-1 user-agent=\"a\",X\n";
  using Headers = std::vector<Header>;
  CHECK(read(attributes + "http://p/1").headers == Headers{{"User-Agent", "a"}});
  CHECK(read(attributes + kodi + "http://p/1").headers ==
        Headers{{"User-Agent", "k k"}, {"X-K", "1"}, {"X-M", "3"}});
  CHECK(read(attributes + kodi + vlc + "http://p/1").headers == Headers{{"User-Agent", "v v"},
                                                                        {"Referer", "http://v/"},
                                                                        {"Origin", "http://o"},
                                                                        {"X-K", "1"},
                                                                        {"X-M", "3"}});
  CHECK(read(attributes + vlc + "http://p/1|user-agent=p&Referer=&X=y").headers ==
        Headers{{"user-agent", "p"}, {"X", "y"}, {"Referer", "http://v/"}, {"Origin", "http://o"}});
  CHECK(read("#EXTINF:-1 http-user-agent=\"h\",X\nhttp://p/1").headers == Headers{{"User-Agent", "h"}});
}

TEST_CASE("guides of a playlist, each once") {
  const auto urls = [](const Attributes& attributes) { return guide_urls({attributes}); };
  CHECK(urls({}).empty());
  CHECK(urls({{"url-tvg", "http://a, http://b,"}, {"X-TVG-URL", "http://b"}}) ==
        std::vector<std::string_view>{"http://b", "http://a"});
  CHECK(urls({{"tvg-url", "http://c"}}) == std::vector<std::string_view>{"http://c"});
}
