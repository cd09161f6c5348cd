// SPDX-License-Identifier: LGPL-2.1-or-later
// Told by the first bytes.
#include "refusal.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace relevo::m3u {
namespace {

using namespace std::string_view_literals;

struct Mark {
  std::string_view begin;
  std::string_view what;
};

constexpr Mark kMarks[] = {
    {"<"sv, "a web page or XML"sv},
    {"{"sv, "JSON"sv},
    {"["sv, "JSON"sv},
    {"\x1f\x8b"sv, "compressed data (gzip)"sv},
    {"\xfd"
     "7zXZ\0"sv,
     "compressed data (xz)"sv},
    {"PK\x03\x04"sv, "compressed data (zip)"sv},
    {"\xff\xfe"sv, "text in UTF-16"sv},
    {"\xfe\xff"sv, "text in UTF-16"sv},
};

} // namespace

std::string refusal_of(std::string_view line) {
  const auto mark = std::ranges::find_if(kMarks, [line](const Mark& m) { return line.starts_with(m.begin); });
  const bool binary = line.find('\0') != std::string_view::npos;
  const auto other = binary ? "binary data" : "other text";
  const auto what = mark != std::end(kMarks) ? mark->what : other;
  return concat("this is ", what, " and not a playlist: expected #EXTM3U, saw ", quote(line));
}

} // namespace relevo::m3u
