// SPDX-License-Identifier: LGPL-2.1-or-later
// What the bytes of a guide mean.
#include "guide_copy.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::xmltv;
using namespace std::string_literals;

namespace {

std::string id_of(const std::string& document, const Options& options = {}) {
  const auto guide = read_guide(document, options);
  CAPTURE(guide.error.message);
  REQUIRE_FALSE(guide.refused);
  REQUIRE_FALSE(guide.counts.broken);
  REQUIRE(guide.channels.size() == 1);
  return std::string(guide.channels[0].id);
}

std::string document(const std::string& raw) {
  return "<tv><channel id=\"" + raw + "\"/></tv>";
}

/// With the declaration of this encoding.
std::string declared(const std::string& encoding, const std::string& raw) {
  return "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>\n" + document(raw);
}

std::string utf16(std::u16string_view text, bool big) {
  std::string out;
  for (const char16_t c : text) {
    const char high = static_cast<char>(c >> 8), low = static_cast<char>(c & 0xff);
    (out += big ? high : low) += big ? low : high;
  }
  return out;
}

/// Parts of three encodings, by hand.
std::optional<std::array<int, 256>> some_table(std::string_view name) {
  std::array<int, 256> table{};
  for (std::size_t byte = 0; byte != 256; ++byte)
    table[byte] = byte < 0x80 ? static_cast<int>(byte) : -1;
  if (name == "windows-1251") {
    for (std::size_t byte = 0xc0; byte != 0x100; ++byte)
      table[byte] = static_cast<int>(0x410 + byte - 0xc0);
  } else if (name == "ISO-8859-2") {
    table[0xb3] = 0x142;
    table[0xe8] = 0x10d;
  } else if (name == "windows-1250") {
    table[0x9a] = 0x161;
    table[0xe8] = 0x10d;
  } else {
    return std::nullopt;
  }
  return table;
}

} // namespace

TEST_CASE("UTF-8 stays as it is") {
  for (const std::string text : {"Канал", "日本", "\U0001f4fa", "é", "\u0800", "\U0010ffff", "a\u0080b"}) {
    CHECK(id_of(document(text)) == text);
    CHECK(id_of(declared("UTF-8", text)) == text);
    CHECK(id_of("\xef\xbb\xbf" + document(text)) == text);
  }
}

TEST_CASE("other bytes are Windows-1252, where the document claims UTF-8 or nothing") {
  for (const auto* encoding : {"UTF-8", "utf8", "utf-8", "UTF_8", "US-ASCII", "utf-16", "unicode"}) {
    CAPTURE(encoding);
    CHECK(id_of(declared(encoding, "Caf\xe9 \x80\x93Q\x94")) == "Café €“Q”");
  }
  CHECK(id_of(document("Ж\xe9Ж")) == "ЖéЖ"); // both on one line
  CHECK(id_of("\xef\xbb\xbf" + declared("ISO-8859-1", "Ж\xe9")) == "Жé");
}

TEST_CASE("what only looks like UTF-8 is none") {
  CHECK(id_of(document("\xc0\xaf")) == "À¯");
  CHECK(id_of(document("\xed\xa0\x80")) == "í\u00a0€");
  CHECK(id_of(document("\xf4\x90\x80\x80")) == "ô\ufffd€€");
  CHECK(id_of(document("x\xe2\x82")) == "xâ‚");
  CHECK(id_of(document("x\xef\xbf\xbf")) == "x\ufffd"); // what XML forbids
  CHECK(id_of(document("x\xef\xbf\xbe")) == "x\ufffd");
}

TEST_CASE("control characters are blanks") {
  CHECK(id_of(document("a\x01"
                       "b\x1f"
                       "c\x7f"
                       "d"s +
                       '\0' + "e")) == "a b c d e");
}

TEST_CASE("the encodings that need no table") {
  for (const auto* encoding : {"ISO-8859-1", "iso8859-1", "latin1", "windows-1252", "cp1252"}) {
    CAPTURE(encoding);
    CHECK(id_of(declared(encoding, "Caf\xe9 \xc3\xa9 \x80")) == "Café Ã© €");
  }
}

TEST_CASE("UTF-16, with a byte order mark and without") {
  const std::u16string text =
      u"<?xml version='1.0' encoding='UTF-16'?>\n<tv><channel id='é日\U0001f4fa'/></tv>";
  for (const bool big : {false, true}) {
    CAPTURE(big);
    CHECK(id_of(utf16(u"\ufeff" + text, big)) == "é日\U0001f4fa");
    CHECK(id_of(utf16(text, big)) == "é日\U0001f4fa");
    CHECK(id_of(utf16(u"\ufeff\n " + text, big)) == "é日\U0001f4fa");
  }
  // Halves of pairs, and half of a unit at the end.
  std::u16string halves = u"<tv><channel id='";
  halves += {char16_t(0xd83d), u'x', char16_t(0xdcfa), char16_t(0xffff)};
  halves += u"'/></tv>";
  CHECK(id_of(utf16(halves, true)) == "\ufffdx\ufffd\ufffd");
  CHECK(id_of(utf16(halves, false) + " ") == "\ufffdx\ufffd\ufffd");
}

TEST_CASE("a table that the caller has") {
  const Options options{.encoding_table = some_table};
  CHECK(id_of(declared("windows-1251", "\xca\xe0\xed\xe0\xeb"), options) == "Канал");
  CHECK(id_of(declared("ISO-8859-2", "\xb3\xe8"), options) == "łč");
  CHECK(id_of(declared("windows-1250", "\x9a\xe8\x80"), options) == "šč\ufffd");
  CHECK(id_of("\n <?xml version='1.0'\n encoding = 'windows-1251' ?>" + document("\xca"), options) == "К");
}

TEST_CASE("a table of characters far away") {
  const Options options{.encoding_table = [](std::string_view name) {
    std::array<int, 256> table{};
    for (int byte = 0; byte != 256; ++byte)
      table[static_cast<std::size_t>(byte)] = byte < 0x80 ? byte : 0x10ff00 + byte;
    return name == "x" ? std::optional(table) : std::nullopt;
  }};
  CHECK(id_of(declared("x", "\xff"), options) == "\U0010ffff");
}

TEST_CASE("an encoding that nobody knows can be read as far as it is UTF-8") {
  CHECK(id_of(declared("GB2312", "a"), {.encoding_table = some_table}) == "a");
  CHECK(id_of(declared("GB2312", "日")) == "日");
  const auto guide = read_guide(declared("GB2312", "a") + "\n\xc4\xe3\xba\xc3");
  REQUIRE(guide.counts.broken);
  CHECK(guide.counts.broken->message == "text in \"GB2312\", which is not known");
  CHECK(guide.counts.broken->line == 3);
  CHECK(guide.channels.size() == 1);
}

TEST_CASE("what stands before the declaration is no reason to stop") {
  const auto xml = declared("UTF-8", "é");
  for (const std::string before :
       {" ", "\n", "\r\n\t ", "\xef\xbb\xbf", "\xef\xbb\xbf\n", "\n\xef\xbb\xbf"}) {
    CHECK(id_of(before + xml) == "é");
    const auto guide = read_guide(before + xml);
    const auto lines = static_cast<std::size_t>(std::ranges::count(before, '\n'));
    CHECK(guide.channels[0].line == 2 + lines);
  }
  CHECK(id_of(std::string(100'000, '\n') + xml) == "é");
  CHECK(read_guide(std::string(100'000, '\n') + xml).channels[0].line == 100'002);
}
