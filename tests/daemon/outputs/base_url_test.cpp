// SPDX-License-Identifier: LGPL-2.1-or-later
#include "outputs/base_url.hpp"

#include "base/text.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::outputs;

TEST_CASE("a header Host with a name or an address is what addresses begin with") {
  for (const char* host : {"tv.lan", "tv.lan:8383", "my_box", "192.168.1.2:80", "[::1]", "[fe80::1:2]:8383",
                           "[::ffff:10.0.0.1]:65535"}) {
    CAPTURE(host);
    const auto base = base_of_host(host, false);
    REQUIRE(base);
    CHECK(*base == concat("http://", host));
    CHECK(*base_of_host(host, true) == concat("https://", host));
  }
}

TEST_CASE("a header Host with anything else is refused") {
  for (const std::string& host : {std::string(),
                                  std::string(256, 'a'),
                                  std::string(":80"),
                                  std::string("a:"),
                                  std::string("a:0"),
                                  std::string("a:65536"),
                                  std::string("a:+1"),
                                  std::string("a:80:80"),
                                  std::string("a b"),
                                  std::string("a/b"),
                                  std::string("a\nb"),
                                  std::string("a\"b"),
                                  std::string("a,b"),
                                  std::string("a#b"),
                                  std::string("joe:secret@a"),
                                  std::string("joe@a"),
                                  std::string("::1"),
                                  std::string("[]"),
                                  std::string("[::1"),
                                  std::string("[::1]8383"),
                                  std::string("[::1]x:1"),
                                  std::string("[::g]"),
                                  std::string("[fe80::1%25eth0]"),
                                  std::string("[1234]"),
                                  std::string("t\xc3\xa9l\xc3\xa9")}) {
    CAPTURE(host);
    CHECK_FALSE(base_of_host(host, true));
  }
}

TEST_CASE("a public address is a whole one, without the slash at its end") {
  struct Row {
    const char* text;
    const char* address;
  };
  const Row rows[] = {
      {"http://tv.lan", "http://tv.lan"},
      {"http://tv.lan:8383/", "http://tv.lan:8383"},
      {"https://tv.example/a/b%20c//", "https://tv.example/a/b%20c"},
      {"https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto address = parse_public_address(row.text);
    REQUIRE(address);
    CHECK(*address == row.address);
  }
  for (const char* text : {"", "tv.lan", "ftp://tv.lan", "http://", "http:///a", "http://a?b", "http://a/#b",
                           "http://joe:secret@a", "http://a /", "http://a/\"", "https://a:0"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_public_address(text));
  }
}
