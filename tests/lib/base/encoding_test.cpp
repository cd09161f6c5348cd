// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/encoding.hpp"

#include <doctest/doctest.h>

using namespace relevo;

namespace {

std::string utf8(char32_t c) {
  std::string out;
  append_utf8(out, c);
  return out;
}

std::string clean(std::string_view text) {
  std::string out;
  append_clean(out, text);
  return out;
}

} // namespace

TEST_CASE("every character is written as the UTF-8 that is recognised") {
  for (char32_t c = 0; c <= 0x10ffff; ++c) {
    const bool surrogate = c >= 0xd800 && c < 0xe000;
    const auto text = utf8(c);
    if (utf8_length(text) == text.size() && is_utf8(text) && (text == "\ufffd") == (surrogate || c == 0xfffd))
      continue;
    FAIL("U+" << static_cast<unsigned>(c));
  }
  CHECK(utf8(U'é') == "é");
  CHECK(utf8(U'日') == "日");
  CHECK(utf8(U'\U0001f4fa') == "\U0001f4fa");
  CHECK(utf8(0x110000) == "\ufffd");
}

TEST_CASE("what only looks like UTF-8 has no length") {
  for (const char* text :
       {"\x80", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf5x", "\xe2\x82"})
    CHECK(utf8_length(text) == 0);
}

TEST_CASE("text becomes UTF-8 without control characters") {
  CHECK(clean("Caf\xe9 \x80\x93Q\x94 \x81") == "Café €“Q” \ufffd");
  CHECK(clean("a\tb\x01"
              "c\x7f"
              "d") == "a b c d");
  CHECK(has_controls("a\n"));
  CHECK_FALSE(is_plain("é"));
  CHECK(is_plain("plain"));
}

TEST_CASE("Windows-1252 differs from Latin-1 in 32 places only") {
  CHECK(from_windows_1252('A') == U'A');
  CHECK(from_windows_1252(0x80) == U'€');
  CHECK(from_windows_1252(0x9f) == U'Ÿ');
  CHECK(from_windows_1252(0xa0) == 0xa0);
  CHECK(from_windows_1252(0xff) == U'ÿ');
}
