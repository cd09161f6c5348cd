// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gx/encoding.hpp"

#include <doctest/doctest.h>
#include <string>

using relevo::gx::find_encoding;

TEST_CASE("encodings of one byte are tables") {
  struct Case {
    const char* name;
    unsigned byte;
    int point;
  };
  for (const Case& one : {
           Case{"iso-8859-1", 0xe4, 0xe4},
           Case{"ISO-8859-2", 0xb1, 0x105},
           Case{"ISO-8859-5", 0xd0, 0x430},
           Case{"ISO-8859-15", 0xa4, 0x20ac},
           Case{"windows-1251", 0xff, 0x44f},
           Case{"windows-1251", 0x98, -1},
           Case{"windows-1252", 0x80, 0x20ac},
           Case{"CP1258", 0xd0, 0x110}, // whose letters may wait for an accent
           Case{"KOI8-R", 0xc1, 0x430},
           Case{"macintosh", 0x80, 0xc4},
           Case{"IBM850", 0x80, 0xc7},
           Case{"US-ASCII", 0x41, 0x41},
           Case{"US-ASCII", 0x80, -1},
       }) {
    CAPTURE(one.name);
    CAPTURE(one.byte);
    const auto table = find_encoding(one.name);
    REQUIRE(table);
    CHECK(table->at(one.byte) == one.point);
    for (unsigned ascii = 0; ascii < 0x80; ++ascii)
      CHECK(table->at(ascii) == static_cast<int>(ascii));
  }
}

TEST_CASE("what is not known or needs several bytes is none") {
  for (const std::string name : {"", "no-such-encoding", "UTF-8", "UTF-16", "UTF-16LE", "UTF-32", "UTF-7",
                                 "Shift_JIS", "EUC-JP", "GB18030", "Big5", "EUC-KR", "ISO-2022-JP", "HZ",
                                 "ASCII//TRANSLIT", "ISO-8859-1//IGNORE", "../../tmp/x"}) {
    CAPTURE(name);
    CHECK_FALSE(find_encoding(name));
  }
  CHECK_FALSE(find_encoding(std::string("ASCII\0x", 7)));
  CHECK_FALSE(find_encoding(std::string(1000, 'x')));
}
