// SPDX-License-Identifier: LGPL-2.1-or-later
// Answers, read with another library than they are written with.
#include "stalker/answer.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace relevo::stalker;
using Json = nlohmann::json;

namespace {

template <class Row>
Json read(const Row& row) {
  std::string text;
  write_row(text, row);
  return Json::parse(text);
}

} // namespace

TEST_CASE("an answer is one member") {
  CHECK(Json::parse(write_answer("true")) == Json{{"js", true}, {"text", ""}});
}

TEST_CASE("a page tells where it stands") {
  ListWriter list(30, 14, cut_page("3", 30, 14));
  write_row(list.text(), Genre{"1", "News", 1});
  write_row(list.text(), Genre{"2", "A \"quoted\" one", 2});
  const auto js = Json::parse(std::move(list).finish()).at("js");
  CHECK(js.at("total_items") == 30);
  CHECK(js.at("max_page_items") == 14);
  CHECK(js.at("cur_page") == 3);
  REQUIRE(js.at("data").size() == 2);
  CHECK(js.at("data")[1].at("title") == "A \"quoted\" one");
  CHECK(Json::parse(ListWriter(0, 14, {}).finish()).at("js").at("data") == Json::array());
}

TEST_CASE("a channel has numbers as text, and wants an address to be asked for") {
  const auto row = read(Channel{1001, 5, "News \\ \n", "3", "http://logos/1.png", "news.uk"});
  CHECK(row.at("id") == "1001");
  CHECK(row.at("number") == "5");
  CHECK(row.at("name") == "News \\ \n");
  CHECK(row.at("tv_genre_id") == "3");
  CHECK(row.at("logo") == "http://logos/1.png");
  CHECK(row.at("xmltv_id") == "news.uk");
  CHECK(row.at("use_http_tmp_link") == "1");
  CHECK(row.at("open") == 1);
  CHECK(row.at("cmd") == write_command(1001));
  CHECK(row.at("cmds").at(0).at("url") == row.at("cmd"));
}

TEST_CASE("a programme has its times as stamps, and as the clock of a place shows them") {
  Event event{7, 1'795'810'500, 1'795'811'400, 3600, "Film", "About", "Drama", "D", "A, B"};
  const auto row = read(event);
  CHECK(row.at("id") == "7_1795810500");
  CHECK(row.at("real_id") == row.at("id"));
  CHECK(row.at("start_timestamp") == "1795810500");
  CHECK(row.at("stop_timestamp") == "1795811400");
  CHECK(row.at("duration") == "900");
  CHECK(row.at("time") == "2026-11-27 21:15:00");
  CHECK(row.at("t_time_to") == "21:30");
  CHECK(row.at("actor") == "A, B");
  event.utc_offset = -86400;
  CHECK(read(event).at("time") == "2026-11-26 20:15:00");
}

TEST_CASE("a link is an address, or why there is none") {
  const auto link = Json::parse(write_link(7, "http://host/stream/x.ts?token=T")).at("js");
  CHECK(link.at("cmd") == "ffmpeg http://host/stream/x.ts?token=T");
  CHECK(link.at("id") == "7");
  CHECK(link.at("error") == "");
  const auto none = Json::parse(write_link(7, {}, "nothing_to_play")).at("js");
  CHECK(none.at("cmd") == "");
  CHECK(none.at("error") == "nothing_to_play");
}
