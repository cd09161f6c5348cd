// SPDX-License-Identifier: LGPL-2.1-or-later
// Told by the first bytes, or by the first element.
#include "refusal.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace relevo::xmltv {
namespace {

using namespace std::string_view_literals;

struct Mark {
  std::string_view begin;
  std::string_view what;
};

constexpr Mark kMarks[] = {
    {"<!doctype html"sv, "a web page"sv},
    {"<html"sv, "a web page"sv},
    {"#EXTM3U"sv, "a playlist"sv},
    {"#EXTINF"sv, "a playlist"sv},
    {"{"sv, "JSON"sv},
    {"["sv, "JSON"sv},
    {"\x1f\x8b"sv, "compressed data (gzip)"sv},
    {"\xfd"
     "7zXZ\0"sv,
     "compressed data (xz)"sv},
    {"BZh"sv, "compressed data (bzip2)"sv},
    {"PK\x03\x04"sv, "compressed data (zip)"sv},
};

constexpr std::string_view kPageElements[] = {"html", "head", "body", "title", "meta", "script",
                                              "div",  "p",    "br",   "b",     "h1",   "center"};

std::string refuse(std::string_view what, std::string_view seen) {
  return concat("this is ", what, " and not a guide: expected <tv>, saw ", quote(seen));
}

} // namespace

std::string refusal_of(std::string_view first) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (first.starts_with(kByteOrderMark)) first.remove_prefix(kByteOrderMark.size());
  first = trim(first);
  const auto line = first.substr(0, first.find_first_of("\r\n"));
  const auto mark =
      std::ranges::find_if(kMarks, [first](const Mark& m) { return starts_with_nocase(first, m.begin); });
  if (mark != std::end(kMarks)) return refuse(mark->what, line);
  if (first.starts_with('<')) return {};
  return refuse(line.find('\0') != std::string_view::npos ? "binary data" : "other text", line);
}

std::string refusal_of_root(std::string_view name) {
  if (name == "tv") return {};
  const bool page = std::ranges::any_of(kPageElements, [name](auto n) { return equal_nocase(name, n); });
  return refuse(page ? "a web page" : "other XML", concat("<", name, ">"));
}

} // namespace relevo::xmltv
