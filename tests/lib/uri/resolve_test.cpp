// SPDX-License-Identifier: LGPL-2.1-or-later
#include "uri/resolve.hpp"

#include <doctest/doctest.h>

using namespace relevo::uri;

namespace {

struct Row {
  std::string_view reference;
  std::string_view expected;
};

} // namespace

TEST_CASE("resolve_reference gives the results of RFC 3986, section 5.4") {
  static constexpr Row kRows[] = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"},
      {"g?y#s", "http://a/b/c/g?y#s"},
      {";x", "http://a/b/c/;x"},
      {"g;x", "http://a/b/c/g;x"},
      {"g;x?y#s", "http://a/b/c/g;x?y#s"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../", "http://a/"},
      {"../../g", "http://a/g"},
      // Abnormal examples.
      {"../../../g", "http://a/g"},
      {"../../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {".g", "http://a/b/c/.g"},
      {"g..", "http://a/b/c/g.."},
      {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g/../h", "http://a/b/c/h"},
      {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/./x", "http://a/b/c/g?y/./x"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
      {"g#s/./x", "http://a/b/c/g#s/./x"},
      {"g#s/../x", "http://a/b/c/g#s/../x"},
      {"http:g", "http:g"},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.reference);
    CHECK(resolve_reference("http://a/b/c/d;p?q", row.reference) == row.expected);
  }
}

TEST_CASE("resolve_reference takes the addresses of playlists as providers write them") {
  struct Case {
    std::string_view base;
    std::string_view reference;
    std::string_view expected;
  };
  static constexpr Case kCases[] = {
      {"http://h:8080/live/u/p/1.m3u8?token=x", "/hlsr/T/1/2.ts", "http://h:8080/hlsr/T/1/2.ts"},
      {"http://h/a/list.m3u8?token=x/y", "seg.ts?n=1", "http://h/a/seg.ts?n=1"},
      {"http://h", "seg.ts", "http://h/seg.ts"},
      {"http://u:p@h/a/b", "c", "http://u:p@h/a/c"},
      {"https://h/a/list.m3u8", "//cdn/x.ts", "https://cdn/x.ts"},
      {"http://[::1]:80/a/b", "c", "http://[::1]:80/a/c"},
      {"http://h/a/b", "10:00:00.ts", "http://h/a/10:00:00.ts"}, // no scheme begins with a digit
      {"http://h/a/b", "a b|c.ts", "http://h/a/a b|c.ts"},       // not ours to escape
      {"file:///srv/list.m3u8", "seg.ts", "file:///srv/seg.ts"},
      {"list.m3u8", "seg.ts", "seg.ts"},
      {"lists/list.m3u8", "seg.ts", "lists/seg.ts"},
      {"", "seg.ts", "seg.ts"},
  };
  for (const auto& row : kCases) {
    CAPTURE(row.base);
    CAPTURE(row.reference);
    CHECK(resolve_reference(row.base, row.reference) == row.expected);
  }
}
