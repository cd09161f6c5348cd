// SPDX-License-Identifier: LGPL-2.1-or-later
#include "panel/account.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace relevo;
using namespace relevo::panel;
using nlohmann::json;

TEST_CASE("players find the server by host and port") {
  struct {
    const char* base;
    Ports ports;
    const char* host;
    bool secure;
    int port, https_port;
  } const cases[] = {
      {"http://tv.lan:8383", {8383, 0}, "tv.lan", false, 8383, 443},
      {"http://tv.lan:8383", {8383, 8443}, "tv.lan", false, 8383, 8443},
      {"https://tv.lan:8443", {8383, 8443}, "tv.lan", true, 8383, 8443},
      {"http://tv.lan", {8383, 8443}, "tv.lan", false, 80, 443},
      {"http://tv.lan:80", {8383, 8443}, "tv.lan", false, 80, 443},
      {"https://tv.example", {8383, 0}, "tv.example", true, 80, 443},
      {"https://tv.example:9443/relevo", {}, "tv.example", true, 80, 9443},
      {"http://[2001:db8::1]:8383/a:1", {8383, 0}, "[2001:db8::1]", false, 8383, 443},
      {"http://[2001:db8::1]", {8383, 0}, "[2001:db8::1]", false, 80, 443},
  };
  for (const auto& c : cases) {
    CAPTURE(c.base);
    const auto site = site_of(c.base, c.ports);
    CHECK(site.host == c.host);
    CHECK(site.secure == c.secure);
    CHECK(site.port == c.port);
    CHECK(site.https_port == c.https_port);
  }
}

TEST_CASE("the account has the types that players know") {
  CHECK(write_user({"ann", "token", true, "", 1, 2}) == json{{"username", "ann"},
                                                             {"password", "token"},
                                                             {"message", ""},
                                                             {"auth", 1},
                                                             {"status", "Active"},
                                                             {"exp_date", nullptr},
                                                             {"is_trial", "0"},
                                                             {"active_cons", "1"},
                                                             {"created_at", "0"},
                                                             {"max_connections", "2"},
                                                             {"allowed_output_formats", {"m3u8", "ts"}}});
  CHECK(write_user({.name = "ann", .welcome = false}).at("status") == "Disabled");
  CHECK(write_server({"tv.lan", false, 8383, 443}, model::Time(std::chrono::seconds(1'795'180'000)), {}) ==
        json{{"url", "tv.lan"},
             {"port", "8383"},
             {"https_port", "443"},
             {"server_protocol", "http"},
             {"rtmp_port", "0"},
             {"timezone", "UTC"},
             {"timestamp_now", 1'795'180'000},
             {"time_now", "2026-11-20 13:06:40"},
             {"process", true}});
}
