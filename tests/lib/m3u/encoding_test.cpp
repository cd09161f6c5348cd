// SPDX-License-Identifier: LGPL-2.1-or-later
// Text that is not the UTF-8 it should be.
#include "m3u_copy.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::m3u;

namespace {

std::string name_of(const std::string& raw) {
  const auto playlist = read_playlist("#EXTM3U\n#EXTINF:-1 a=\"" + raw + "\"," + raw + "\nhttp://p/1\n");
  REQUIRE(playlist.entries.size() == 1);
  const auto& entry = playlist.entries.front();
  CHECK(entry.attributes == Pairs{{"a", entry.name}});
  return entry.name;
}

} // namespace

TEST_CASE("UTF-8 stays as it is") {
  for (const std::string text :
       {"Канал", "日本", "\U0001f4fa", "é", "\u0800", "\uffff", "\U0010ffff", "a\u0080b"})
    CHECK(name_of(text) == text);
}

TEST_CASE("other bytes are Windows-1252") {
  CHECK(name_of("Caf\xe9") == "Café");
  CHECK(name_of("\x80 \x93Q\x94 \x8a\xff") == "€ “Q” Šÿ");
  CHECK(name_of("x\x81\x8d\x8f\x90\x9dy") == "x\ufffd\ufffd\ufffd\ufffd\ufffdy");
  // One line of both.
  CHECK(name_of("Ж\xe9Ж") == "ЖéЖ");
}

TEST_CASE("what only looks like UTF-8 is none") {
  CHECK(name_of("\xc0\xaf") == "À¯"); // longer than needed
  CHECK(name_of("\xe0\x80\xaf") == "à€¯");
  CHECK(name_of("\xed\xa0\x80") == "í\u00a0€"); // half of a surrogate pair
  CHECK(name_of("\xf4\x90\x80\x80") == "ô\ufffd€€");
  CHECK(name_of("\xf5x") == "õx");
  CHECK(name_of("\xe2\x82") == "â‚"); // the end is missing
}

TEST_CASE("control characters become blanks") {
  CHECK(name_of("a\tb\x01"
                "c\x7f"
                "d") == "a b c d");
  CHECK(name_of(std::string("a\0b", 3)) == "a b");
}

TEST_CASE("a byte order mark is dropped at the beginning only") {
  const auto playlist = read_playlist("\xef\xbb\xbf#EXTM3U\n#EXTINF:-1,\xef\xbb\xbfX\nhttp://p/1");
  REQUIRE(playlist.entries.size() == 1);
  CHECK(playlist.entries[0].name == "\ufeffX");
}
