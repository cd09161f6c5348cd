// SPDX-License-Identifier: LGPL-2.1-or-later
#include "logos/picture.hpp"

#include <doctest/doctest.h>

using namespace relevo::logos;
using namespace std::string_literals;

namespace {

std::string type_of(const std::string& bytes) {
  const auto picture = read_picture(bytes);
  if (!picture) return "none";
  CHECK(picture->bytes == bytes);
  return std::string(content_type_of(picture->kind));
}

} // namespace

TEST_CASE("a picture is known by how it begins") {
  CHECK(type_of("\x89PNG\r\n\x1A\n...") == "image/png");
  CHECK(type_of("\xFF\xD8\xFF\xE0...") == "image/jpeg");
  CHECK(type_of("GIF87a...") == "image/gif");
  CHECK(type_of("GIF89a...") == "image/gif");
  CHECK(type_of("RIFF\x10\0\0\0WEBPVP8 "s) == "image/webp");
}

TEST_CASE("all else is none") {
  for (const auto& bytes :
       {""s, "\x89PNG"s, "RIFF"s, "RIFF\x10\0\0\0WAVEfmt "s, "GIF88a"s, "\xFF\xD8"s, "BM...."s,
        "<!DOCTYPE html><html><svg></svg></html>"s, "<html>"s, "404 not found"s, "{\"error\":1}"s})
    CHECK_MESSAGE(type_of(bytes) == "none", bytes);
}

TEST_CASE("a document is SVG by its first element") {
  for (const auto* text : {
           "<svg/>",
           "\xEF\xBB\xBF \r\n<svg xmlns=\"http://www.w3.org/2000/svg\">",
           "<?xml version=\"1.0\"?><svg>",
           "<?xml version=\"1.0\"?>\n<!-- made by <hand> -->\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG "
           "1.1//EN\" \"a.dtd\">\n<svg\n>",
           "<!doctype svg [ <!ENTITY ns \"http://a/>\"> ]><svg >",
       })
    CHECK_MESSAGE(type_of(text) == "image/svg+xml", text);
  for (const auto* text :
       {"<svg", "<svgs>", "<?xml version=\"1.0\"?>", "<?xml version=\"1.0\"?><html><svg></html>",
        "<!-- <svg>", "<!DOCTYPE svg [ <svg>", "text <svg>", "<!DOCTYPE html [ ]><svg>"})
    CHECK_MESSAGE(type_of(text) == "none", text);
}

TEST_CASE("the digest is one of the bytes, all of them") {
  const Picture one{Kind::Gif, "GIF89a\0one"s}, other{Kind::Gif, "GIF89a\0two"s};
  CHECK(digest_of(one) == digest_of(Picture(one)));
  CHECK(digest_of(one) != digest_of(other));
}
