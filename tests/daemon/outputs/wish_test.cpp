// SPDX-License-Identifier: LGPL-2.1-or-later
#include "outputs/wish.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::outputs;
using std::chrono::days;

namespace {

net::Request make(net::Fields query, net::Fields parameters = {}) {
  net::Request request;
  request.query = std::move(query);
  request.parameters = std::move(parameters);
  return request;
}

} // namespace

TEST_CASE("who says nothing gets what most want") {
  const auto wish = read_wish(make({}));
  REQUIRE(wish);
  CHECK(wish->part.profile == "");
  CHECK(wish->part.group == "");
  CHECK(wish->ids == IdSource::TvgId);
  CHECK(wish->dialect->name == "generic");
  CHECK(wish->format == StreamFormat::Ts);
  CHECK(wish->past == days(1));
  CHECK(wish->future == days(7));
  CHECK(write_guide_url("http://a", *wish, "") == "http://a/guide.xml");
}

TEST_CASE("what is said counts, and what other servers know besides does no harm") {
  const auto wish = read_wish(make({{"profile", "Kids & co"},
                                    {"group", "UK"},
                                    {"tvg_id_source", "channel_number"},
                                    {"dialect", "Kodi"},
                                    {"output", "hls"},
                                    {"days", "14"},
                                    {"prev_days", "2"},
                                    {"cachedlogos", "false"},
                                    {"direct", "true"},
                                    {"output_profile", "3"}}));
  REQUIRE(wish);
  CHECK(wish->part.profile == "Kids & co");
  CHECK(wish->part.group == "UK");
  CHECK(wish->ids == IdSource::Number);
  CHECK(wish->dialect->name == "kodi");
  CHECK(wish->format == StreamFormat::Hls);
  CHECK(wish->past == days(2));
  CHECK(wish->future == days(14));
  CHECK(write_guide_url("http://a", *wish, "t&") ==
        "http://a/guide.xml?profile=Kids%20%26%20co&group=UK&tvg_id_source=channel_number&days=14&prev_days=2"
        "&token=t%26");
}

TEST_CASE("the profile of the path goes before that of the query") {
  CHECK(read_wish(make({{"profile", "a"}}, {{"profile", "b"}}))->part.profile == "b");
}

TEST_CASE("days: 0 ahead is as far as guides reach, 0 back is from now on") {
  const auto future = [](const char* text) { return read_wish(make({{"days", text}}))->future; };
  CHECK(future("1") == days(1));
  CHECK(future("31") == days(31));
  CHECK(future("0") == days(31));
  CHECK(future("365") == days(31));
  const auto past = [](const char* text) { return read_wish(make({{"prev_days", text}}))->past; };
  CHECK(past("0") == days(0));
  CHECK(past("30") == days(30));
}

TEST_CASE("what cannot be wished for is told by its name") {
  for (const auto& [name, value] : net::Fields{{"days", "x"},
                                               {"days", ""},
                                               {"days", "-1"},
                                               {"days", "366"},
                                               {"days", "1.5"},
                                               {"prev_days", "x"},
                                               {"output", "mp4"},
                                               {"dialect", ""},
                                               {"dialect", "m3u9"}}) {
    CAPTURE(name);
    CAPTURE(value);
    const auto wish = read_wish(make({{name, value}}));
    REQUIRE_FALSE(wish);
    CHECK(wish.error().where == name);
    CHECK_FALSE(wish.error().message.empty());
  }
}

TEST_CASE("a panel is asked for a type of list") {
  const auto dialect = [](net::Fields query, net::Fields parameters = {}) {
    return read_panel_wish(make(std::move(query), std::move(parameters)))->dialect->name;
  };
  CHECK(dialect({}) == "m3u_plus");
  CHECK(dialect({{"type", "m3u_plus"}}) == "m3u_plus");
  CHECK(dialect({{"type", "m3u"}}) == "m3u");
  CHECK(dialect({{"type", "enigma2"}}) == "m3u_plus");
  CHECK(dialect({}, {{"type", "m3u"}}) == "m3u");
  CHECK(dialect({{"type", "m3u"}, {"dialect", "kodi"}}) == "kodi");
  CHECK(read_panel_wish(make({{"output", "rtmp"}}))->format == StreamFormat::Ts);
  CHECK(read_panel_wish(make({{"output", "hls"}}))->format == StreamFormat::Hls);
  CHECK_FALSE(read_panel_wish(make({{"dialect", "x"}})));
}
