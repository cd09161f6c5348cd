// SPDX-License-Identifier: LGPL-2.1-or-later
#include "net/guard.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::net;

TEST_CASE("an address is this machine's own, or not") {
  for (const char* own : {"127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1", "0:0:0:0:0:0:0:1"})
    CHECK_MESSAGE(is_loopback(own), own);
  for (const char* other : {"128.0.0.1", "10.0.0.1", "::2", "::ffff:10.0.0.1", "::", "::127.0.0.1", "",
                            "localhost", "127.0.0.1.evil.example"})
    CHECK_MESSAGE(!is_loopback(other), other);
}

TEST_CASE("strangers are told apart") {
  constexpr const char* kPeer = "only programs";
  constexpr const char* kHost = "this may be asked only under";
  constexpr const char* kOrigin = "this may be asked only by pages";
  struct {
    Caller caller;
    const char* why; // null: welcome
  } const cases[] = {
      {{"127.0.0.1"}, nullptr},
      {{"::1", "localhost:8383"}, nullptr},
      {{"::ffff:127.0.0.1", "LOCALHOST"}, nullptr},
      {{"127.0.0.1", "127.0.0.1:8383"}, nullptr},
      {{"127.0.0.1", "[::1]:8383"}, nullptr},
      {{"127.0.0.1", "[::1]"}, nullptr},
      {{"127.0.0.1", "tv.example:8383"}, nullptr},
      {{"127.0.0.1", "localhost:8383", "http://localhost:8383"}, nullptr},
      {{"127.0.0.1", "tv.example", "https://TV.example"}, nullptr},
      {{"192.0.2.7"}, kPeer},
      {{"192.0.2.7", "localhost"}, kPeer},
      {{"2001:db8::1", "localhost"}, kPeer},
      {{"127.0.0.1", "localhost", "", true}, kPeer},
      {{"127.0.0.1", "evil.example"}, kHost},
      {{"127.0.0.1", "localhost.evil.example"}, kHost},
      {{"127.0.0.1", "tv.example.evil.example"}, kHost},
      {{"127.0.0.1", "127.0.0.1.evil.example:80"}, kHost},
      {{"127.0.0.1", "[::2]"}, kHost},
      {{"127.0.0.1", "["}, kHost},
      {{"127.0.0.1", ":80"}, kHost},
      {{"127.0.0.1", "192.0.2.7"}, kHost},
      {{"127.0.0.1", "localhost:8383", "http://evil.example"}, kOrigin},
      {{"127.0.0.1", "localhost:8383", "http://localhost:3000"}, kOrigin},
      {{"127.0.0.1", "localhost:8383", "http://localhost:83831"}, kOrigin},
      {{"127.0.0.1", "localhost:8383", "null"}, kOrigin},
      {{"127.0.0.1", "", "http://"}, nullptr}, // no browser sends no Host
      {{"127.0.0.1", "", "http://evil.example"}, kOrigin},
      {{"127.0.0.1", "localhost", "ftp://localhost"}, kOrigin},
  };
  for (const auto& c : cases) {
    CAPTURE(c.caller.peer);
    CAPTURE(c.caller.host);
    CAPTURE(c.caller.origin);
    const auto why = refuse_stranger(c.caller, "tv.example");
    if (c.why)
      CHECK(why.starts_with(c.why));
    else
      CHECK(why == "");
  }
  CHECK_FALSE(refuse_stranger({"127.0.0.1", "tv.example"}, "").empty());
  CHECK_FALSE(refuse_stranger({"127.0.0.1", ":80"}, "").empty()); // an empty name is no name
}
