// SPDX-License-Identifier: LGPL-2.1-or-later
#include "panel/rows.hpp"

#include "base/text.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace relevo;
using namespace relevo::panel;
using nlohmann::json;

namespace {

std::string text_of(std::string_view text) {
  std::string out = "before ";
  append_text(out, text);
  return out.substr(7);
}

model::Time at(std::int64_t seconds) {
  return model::Time(std::chrono::seconds(seconds));
}

} // namespace

TEST_CASE("text of any kind is JSON") {
  CHECK(text_of("") == R"("")");
  CHECK(text_of("plain") == R"("plain")");
  CHECK(text_of(R"("quoted" \ \")") == R"("\"quoted\" \\ \\\"")");
  CHECK(text_of("Élan 衛視") == "\"Élan 衛視\"");
  CHECK(text_of("a\nb\x01") == "\"a b \"");
  for (const std::string& hostile :
       {std::string("\xff\xfe\"\\"), std::string("\0\"", 2), std::string("\\\\\"\"\xe9")})
    CHECK(json::accept(text_of(hostile)));
}

TEST_CASE("rows have the types that players know") {
  std::string out;
  append_category(out, {5, "N\"ews"});
  CHECK(json::parse(out) == json{{"category_id", "5"}, {"category_name", "N\"ews"}, {"parent_id", 0}});

  LiveStream stream{7, 1001, "One", "http://icons/1.png", "one.uk", 5};
  out.clear();
  append_stream(out, stream);
  CHECK(json::parse(out) == json{{"num", 7},
                                 {"name", "One"},
                                 {"stream_type", "live"},
                                 {"stream_id", 1001},
                                 {"stream_icon", "http://icons/1.png"},
                                 {"epg_channel_id", "one.uk"},
                                 {"added", "0"},
                                 {"is_adult", "0"},
                                 {"category_id", "5"},
                                 {"category_ids", {5}},
                                 {"custom_sid", ""},
                                 {"tv_archive", 0},
                                 {"direct_source", ""},
                                 {"tv_archive_duration", 0},
                                 {"thumbnail", ""}});

  out = "{";
  append_available(out, stream, "News");
  const auto available = json::parse(out + '}').at("1001");
  CHECK(available.at("num") == 7);
  CHECK(available.at("stream_id") == "1001");
  CHECK(available.at("category_name") == "News");
  CHECK(available.at("live") == "1");
}

TEST_CASE("times are written in a zone") {
  const Zone utc;
  CHECK(write_time(at(1'795'186'800), utc) == "2026-11-20 15:00:00");
  CHECK(write_time(at(0), utc) == "1970-01-01 00:00:00");
  const Zone east{"Asia/Kolkata", [](model::Time) { return std::chrono::seconds(19'800); }};
  CHECK(write_time(at(1'795'186'800 + 59), east) == "2026-11-20 20:30:59");
}

TEST_CASE("programmes are in Base64, and say what is on") {
  const model::Programme programme{at(1000), at(4600), "News", {}, "Daily\n\"now\""};
  const auto row = [&programme](std::int64_t now) {
    std::string out;
    append_programme(out, programme, {1001, "one.uk", at(now), {}});
    return json::parse(out);
  };
  CHECK(row(1000) == json{{"id", "1000"},
                          {"epg_id", "1001"},
                          {"title", "TmV3cw=="},
                          {"lang", ""},
                          {"start", "1970-01-01 00:16:40"},
                          {"end", "1970-01-01 01:16:40"},
                          {"stop", "1970-01-01 01:16:40"},
                          {"description", "RGFpbHkKIm5vdyI="},
                          {"channel_id", "one.uk"},
                          {"start_timestamp", "1000"},
                          {"stop_timestamp", "4600"},
                          {"now_playing", 1},
                          {"has_archive", 0},
                          {"stream_id", "1001"}});
  CHECK(row(999).at("now_playing") == 0);
  CHECK(row(4599).at("now_playing") == 1);
  CHECK(row(4600).at("now_playing") == 0);
}
