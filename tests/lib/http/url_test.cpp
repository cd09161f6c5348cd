// SPDX-License-Identifier: LGPL-2.1-or-later
#include "http/url.hpp"

#include <doctest/doctest.h>

using namespace relevo::http;

TEST_CASE("parse_url takes what providers write") {
  const struct {
    const char* text;
    const char* expected; // null: no URL
  } kRows[] = {
      {"http://h/x", "http://h/x"},
      {"HTTP://h", "http://h/"},
      {"http://h/a b/\xc3\xa9", "http://h/a%20b/%C3%A9"},
      {"http://h/a%20b?x=%zz", "http://h/a%20b?x=%zz"},
      {"http://h/?a[]=1|2", "http://h/?a[]=1|2"},
      {"http://[::1]:80/x", "http://[::1]/x"},
      {"http://h/\t", nullptr},
      {"//h/x", nullptr},
      {"rtmp://h/x", nullptr},
      {"http://:80/", nullptr},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.text);
    const auto uri = parse_url(row.text);
    REQUIRE(bool(uri) == (row.expected != nullptr));
    if (uri) CHECK(to_string(uri) == row.expected);
  }
}

TEST_CASE("parse_url resolves against a base") {
  const auto base = parse_url("http://h:8080/a/b?c=d");
  CHECK(to_string(parse_url("e", base)) == "http://h:8080/a/e");
  CHECK(to_string(parse_url("/e?f", base)) == "http://h:8080/e?f");
  CHECK(to_string(parse_url("//other/e", base)) == "http://other/e");
  CHECK(to_string(parse_url("https://other/e", base)) == "https://other/e");
  CHECK_FALSE(parse_url("file:///e", base));
}

TEST_CASE("the host is the one that a request goes to") {
  CHECK(host_of(parse_url("http://user:word@H.example:80/x")) == "H.example");
  CHECK(host_of(parse_url("http://[::1]:80/x")) == "::1");
  CHECK(host_of(parse_url("http://panel.example\\@evil.example/x.png")) == "evil.example");
}

TEST_CASE("who is the same party") {
  const struct {
    const char* origin;
    const char* target;
    bool same;
  } kRows[] = {
      {"http://h/a", "http://h/b", true},         {"http://h/a", "http://H:80/b", true},
      {"http://h:8080/", "http://h:8080/", true}, {"http://h/", "https://h/", true},
      {"http://h/", "http://h:8080/", false},     {"http://h/", "http://www.h/", false},
      {"https://h/", "http://h/", false},         {"http://h:8080/", "https://h:8080/", false},
      {"http://h/", "https://h:8443/", false},    {"https://h/", "https://h:443/", true},
      {"http://h/", "http://h\\@e/", false},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.origin);
    CAPTURE(row.target);
    CHECK(same_party(parse_url(row.origin), parse_url(row.target)) == row.same);
  }
}
