// SPDX-License-Identifier: LGPL-2.1-or-later
// What is no guide.
#include "guide_copy.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::xmltv;
using namespace std::string_literals;

TEST_CASE("what is no guide is refused with what was seen") {
  const struct {
    std::string text;
    Error error;
  } rows[] = {
      {"", {"the guide is empty", 1}},
      {" \n \r\n", {"the guide is empty", 3}},
      {"\xef\xbb\xbf", {"the guide is empty", 1}},
      {"<!DOCTYPE html>\n<html>",
       {"this is a web page and not a guide: expected <tv>, saw \"<!DOCTYPE html>\"", 1}},
      {"\n<HTML lang=en>", {"this is a web page and not a guide: expected <tv>, saw \"<HTML lang=en>\"", 2}},
      {"<br />\n<b>Warning", {"this is a web page and not a guide: expected <tv>, saw \"<br>\"", 1}},
      {"<?xml version='1.0'?>\n<rss/>",
       {"this is other XML and not a guide: expected <tv>, saw \"<rss>\"", 2}},
      {"{\"error\": 1}", {"this is JSON and not a guide: expected <tv>, saw \"{\"error\": 1}\"", 1}},
      {"[]", {"this is JSON and not a guide: expected <tv>, saw \"[]\"", 1}},
      {"#EXTM3U\n#EXTINF:-1,A", {"this is a playlist and not a guide: expected <tv>, saw \"#EXTM3U\"", 1}},
      {"\xef\xbb\xbf\r\n#extm3u", {"this is a playlist and not a guide: expected <tv>, saw \"#extm3u\"", 2}},
      {"\x1f\x8b\x08", {"this is compressed data (gzip) and not a guide: expected <tv>, saw \"???\"", 1}},
      {"\xfd"
       "7zXZ\0\0"s,
       {"this is compressed data (xz) and not a guide: expected <tv>, saw \"?7zXZ??\"", 1}},
      {"PK\x03\x04", {"this is compressed data (zip) and not a guide: expected <tv>, saw \"PK??\"", 1}},
      {"x\0y"s, {"this is binary data and not a guide: expected <tv>, saw \"x?y\"", 1}},
      {"Too many requests\n",
       {"this is other text and not a guide: expected <tv>, saw \"Too many requests\"", 1}},
      {"<tv", {"the document ends too early", 1}},
      {"<?xml version='1.0'?>\n<!-- nothing -->\n", {"the document ends too early", 3}},
      {"<a\n<b>", {"not well-formed (invalid token)", 2}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    for (const std::size_t size : {1, 3, 1000}) {
      const auto guide = read_guide(row.text, {}, size);
      CHECK(guide.refused);
      CHECK(guide.error.message == row.error.message);
      CHECK(guide.error.offset == row.error.offset);
    }
  }
}

TEST_CASE("no more is wanted of what is no guide") {
  Reader reader({});
  const std::string page = "<html>" + std::string(kMaxToken, ' ');
  CHECK_FALSE(reader.push(as_bytes(page)));
  CHECK_FALSE(reader.push(as_bytes(page)));
  CHECK_FALSE(reader.finish());
}

TEST_CASE("an empty guide is a guide") {
  for (const std::string text :
       {"<tv/>", "<tv></tv>\n", "<!-- x --><tv generator-info-name='x'>\n</tv><!-- y -->"}) {
    const auto guide = read_guide(text);
    CHECK_FALSE(guide.refused);
    CHECK(guide.counts == Counts{});
  }
}
