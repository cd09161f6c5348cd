// SPDX-License-Identifier: LGPL-2.1-or-later
#include "m3u/write.hpp"

#include "base/text.hpp"
#include "m3u_copy.hpp"

#include <doctest/doctest.h>
#include <random>

using namespace relevo;
using namespace relevo::m3u;
using namespace std::chrono_literals;

namespace {

std::string write(const EntryCopy& entry) {
  std::string text;
  write_entry(text, entry.view());
  return text;
}

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}

  std::size_t below(std::size_t end) { return engine_() % end; }
  bool one_in(std::size_t n) { return below(n) == 0; }
  std::string text(const std::vector<std::string>& alphabet, std::size_t shortest) {
    std::string out;
    for (auto n = shortest + below(8); n != 0; --n)
      out += alphabet[below(alphabet.size())];
    return std::string(trim(out));
  }
  std::string value() {
    return text({"a", "B", " ", ",", "=", "'", "|", "&", "%41", "é", "日", ";", "#", "http://"}, 0);
  }
  std::string key() { return text({"tvg-id", "x", "-", "group-title", "1"}, 1); }
  AddressCopy address() {
    AddressCopy address("http://" + text({"a", "/", "?", "=", "&", "é", " b", "%20", ","}, 0));
    while (one_in(3))
      address.headers.emplace_back(text({"X", "-", "User-Agent"}, 1), value());
    return address;
  }
  EntryCopy entry() {
    EntryCopy entry(address());
    entry.name = text({"a", "B ", ",", "\"", " =", "'", "é", ": "}, 1);
    if (one_in(2)) entry.duration = std::chrono::milliseconds(1 + below(10'000'000));
    while (one_in(2))
      entry.attributes.emplace_back(key(), value());
    while (one_in(3))
      entry.tags.emplace_back(one_in(2) ? "EXTVLCOPT" : "KODIPROP", "k=" + value());
    while (one_in(4))
      entry.backups.push_back(address());
    return entry;
  }

 private:
  std::mt19937_64 engine_;
};

} // namespace

TEST_CASE("an entry with everything") {
  EntryCopy entry(AddressCopy("http://p/1.ts", {{"User-Agent", "a b/1.0"}, {"Referer", "http://r/?a=b&c"}}));
  entry.name = "News, \"HD\"";
  entry.duration = 5'400'250ms;
  entry.attributes = {{"tvg-id", "n.uk"}, {"group-title", "UK"}, {"x", ""}};
  entry.tags = {{"EXTVLCOPT", "program=1"}, {"EXTX", ""}};
  entry.backups = {{"http://b/1.ts"}, {"b.ts", {{"X", "é"}}}};
  CHECK(write(entry) == "#EXTINF:5400.25 tvg-id=\"n.uk\" group-title=\"UK\" x=\"\",News, \"HD\"\n"
                        "#EXTVLCOPT:program=1\n"
                        "#EXTX\n"
                        "#EXTBACKUP:http://b/1.ts\n"
                        "#EXTBACKUP:b.ts|X=%C3%A9\n"
                        "http://p/1.ts|User-Agent=a%20b/1.0&Referer=http://r/?a%3Db%26c\n");
}

TEST_CASE("the head, and entries with nothing") {
  std::string text;
  write_head(text, {});
  write_head(text, {{{"url-tvg", "http://g"}, {"x-tvg-url", "http://g"}}});
  CHECK(text == "#EXTM3U\n#EXTM3U url-tvg=\"http://g\" x-tvg-url=\"http://g\"\n");
  CHECK(write(EntryCopy(AddressCopy("u"))) == "#EXTINF:-1,\nu\n");
}

TEST_CASE("no text begins a line or an attribute of its own") {
  EntryCopy entry(AddressCopy("http://p/\n#EXTINF:-1,Evil", {{"X", "a\r\nb"}}));
  entry.name = "A\n#EXTINF:-1,Evil\nhttp://evil/";
  entry.attributes = {{"a", "x\" tvg-id=\"evil\n"}};
  entry.tags = {{"EXTX", "1\n#EXTX:2"}};
  CHECK(write(entry) == "#EXTINF:-1 a=\"x' tvg-id='evil \",A #EXTINF:-1,Evil http://evil/\n"
                        "#EXTX:1 #EXTX:2\n"
                        "http://p/ #EXTINF:-1,Evil|X=a%0D%0Ab\n");
}

TEST_CASE("what was written reads as the same value, without a fault") {
  for (unsigned seed = 0; seed < 500; ++seed) {
    Dice dice(seed);
    PlaylistCopy playlist;
    playlist.heads.push_back({{"url-tvg", dice.value()}, {dice.key(), dice.value()}});
    for (auto n = 1 + dice.below(6); n != 0; --n)
      playlist.entries.push_back(dice.entry());
    const auto text = playlist.write();
    CAPTURE(seed);
    CAPTURE(text);
    const auto again = read_playlist(text, 1 + dice.below(100));
    CHECK(again.faults.empty());
    CHECK(again.heads == playlist.heads);
    CHECK(again.entries == playlist.entries);
  }
}
