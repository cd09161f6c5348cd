// SPDX-License-Identifier: LGPL-2.1-or-later
// One row of each kind, and the spellings of its values.
#include "base/text.hpp"
#include "xtream_copy.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::xtream;
using namespace std::chrono_literals;

namespace {

template <class Row>
Row one(const std::string& members) {
  const auto list = read_list<Row>("[{" + members + "}]");
  REQUIRE(list.faults.empty());
  REQUIRE(list.rows.size() == 1);
  return list.rows.front();
}

LiveStream live(const std::string& members) {
  return one<LiveStream>(R"("stream_id":1,)" + members);
}

template <class Row>
std::string fault(const std::string& element) {
  const auto list = read_list<Row>("[" + element + "]");
  return list.faults.empty() ? "" : list.faults.front().message;
}

constexpr Moment kAdded{1700000000s};

} // namespace

TEST_CASE("a category") {
  CHECK(one<Category>(R"("category_id":"5","category_name":"News","parent_id":0)") == Category{5, "News", 0});
  CHECK(one<Category>(R"("category_id":5,"category_name":null,"parent_id":null)") ==
        Category{5, "", std::nullopt});
  CHECK(fault<Category>(R"({"category_id":"","category_name":"x"})") == "no usable category_id");
}

TEST_CASE("a live stream") {
  const auto read = one<LiveStream>(R"("num":7,"name":"News \u00e9","stream_type":"live","stream_id":1001,
    "stream_icon":"http:\/\/h\/i.png","epg_channel_id":"news.example","added":"1700000000","is_adult":"1",
    "category_id":"5","category_ids":[5,"6"],"custom_sid":"sid","tv_archive":1,"direct_source":"http://h/1",
    "tv_archive_duration":3,"thumbnail":"x","other":{"stream_id":9,"name":"no"})");
  LiveStream wanted;
  wanted.id = 1001;
  wanted.number = 7;
  wanted.name = "News \xc3\xa9";
  wanted.type = "live";
  wanted.icon = "http://h/i.png";
  wanted.guide_id = "news.example";
  wanted.categories = {5, 6};
  wanted.added = kAdded;
  wanted.adult = true;
  wanted.archive = true;
  wanted.archive_days = 3;
  wanted.custom_sid = "sid";
  wanted.direct_source = "http://h/1";
  CHECK(read == wanted);
}

TEST_CASE("a title") {
  const auto read = one<VodTitle>(R"("num":1,"name":"A [2020]","title":"A","year":2020,"stream_type":"movie",
    "stream_id":"9","stream_icon":"i","rating":"7.3","rating_5based":3.65,"added":1700000000,
    "category_id":3,"category_ids":[3],"container_extension":"mkv","custom_sid":null,"direct_source":"",
    "plot":"p","cast":"c","director":"d","genre":"g","release_date":"2020-01-02","youtube_trailer":"t",
    "episode_run_time":"92")");
  VodTitle wanted;
  wanted.id = 9;
  wanted.number = 1;
  wanted.name = "A [2020]";
  wanted.title = "A";
  wanted.year = "2020";
  wanted.icon = "i";
  wanted.extension = "mkv";
  wanted.categories = {3};
  wanted.added = kAdded;
  wanted.rating = 7.3;
  wanted.rating_of_five = 3.65;
  wanted.plot = "p";
  wanted.cast = "c";
  wanted.director = "d";
  wanted.genre = "g";
  wanted.release_date = "2020-01-02";
  wanted.trailer = "t";
  wanted.minutes = 92;
  CHECK(read == wanted);
}

TEST_CASE("a series") {
  const auto read = one<Series>(R"("num":1,"name":"S","series_id":4,"cover":"c","releaseDate":"2020",
    "release_date":"2021","last_modified":"1700000000","rating":8,"rating_5based":"",
    "backdrop_path":["a",null,"b"],"episode_run_time":"0","category_id":"3")");
  Series wanted;
  wanted.id = 4;
  wanted.number = 1;
  wanted.name = "S";
  wanted.cover = "c";
  wanted.backdrops = {"a", "b"};
  wanted.categories = {3};
  wanted.modified = kAdded;
  wanted.rating = 8;
  wanted.release_date = "2020";
  wanted.minutes = 0;
  CHECK(read == wanted);
}

TEST_CASE("one picture or many") {
  const auto backdrops = [](const char* value) {
    return one<Series>(concat(R"("series_id":4,"backdrop_path":)", value)).backdrops;
  };
  using Texts = std::vector<std::string>;
  CHECK(backdrops(R"("a")") == Texts{"a"});
  CHECK(backdrops(R"([])") == Texts{});
  CHECK(backdrops(R"("")") == Texts{});
  CHECK(backdrops("null") == Texts{});
  CHECK(backdrops(R"({"0":"a"})") == Texts{});
  CHECK(backdrops(R"([["a"],"b"])") == Texts{});
}

TEST_CASE("integers in every spelling") {
  const auto number = [](const char* value) { return live(concat(R"("num":)", value)).number; };
  CHECK(number("7") == 7);
  CHECK(number(R"("7")") == 7);
  CHECK(number(R"(" -7 ")") == -7);
  CHECK(number("7.0") == 7);
  CHECK(number("true") == 1);
  for (const char* none : {"null", R"("")", R"("x")", "7.5", "1e300", "18446744073709551615", "{}", "[7]"}) {
    CAPTURE(none);
    CHECK_FALSE(number(none));
  }
}

TEST_CASE("ratings in every spelling") {
  const auto rating = [](const char* value) {
    return one<VodTitle>(concat(R"("stream_id":1,"rating":)", value)).rating;
  };
  CHECK(rating("7") == 7);
  CHECK(rating(R"("7.5")") == 7.5);
  for (const char* none : {"null", R"("")", R"("N/A")", R"("nan")", R"("inf")"}) {
    CAPTURE(none);
    CHECK_FALSE(rating(none));
  }
}

TEST_CASE("categories in every spelling") {
  const auto categories = [](const char* members) { return live(members).categories; };
  using Ids = std::vector<Id>;
  CHECK(categories(R"("category_id":"5")") == Ids{5});
  CHECK(categories(R"("category_id":5,"category_ids":[5])") == Ids{5});
  CHECK(categories(R"("category_ids":["6",7,null,"x",-1,6])") == Ids{6, 7});
  CHECK(categories(R"("category_ids":"6")") == Ids{6});
  CHECK(categories(R"("category_id":null,"category_ids":null)") == Ids{});
  CHECK(categories(R"("category_id":"")") == Ids{});
}

TEST_CASE("guide ids, names and other texts in every spelling") {
  CHECK(live(R"("epg_channel_id":null)").guide_id.empty());
  CHECK(live(R"("epg_channel_id":17)").guide_id == "17");
  CHECK(live(R"("name":5.5)").name == "5.5");
  CHECK(live(R"("name":true)").name.empty());
  CHECK(live(R"("name":"\t News\r\n#EXTM3U\u0000 ")").name == "News  #EXTM3U");
  CHECK(live(R"("name":"\u0000\u0001")").name.empty());
  CHECK(live(R"("added":"0")").added == std::nullopt);
  CHECK(live(R"("added":"2026-11-20")").added == std::nullopt);
  CHECK(live(R"("tv_archive":"1","tv_archive_duration":"7")").archive_days == 7);
}

TEST_CASE("rows that cannot be used say why") {
  struct Row {
    const char* element;
    const char* fault;
  };
  for (const auto& test : {
           Row{R"({"name":"x"})", "no usable stream_id"},
           {R"({"stream_id":null})", "no usable stream_id"},
           {R"({"stream_id":-1})", "no usable stream_id"},
           {R"({"stream_id":"abc"})", "no usable stream_id"},
           {R"({"stream_id":99999999999999999999})", "no usable stream_id"},
           {"5", "no object"},
           {"null", "no object"},
           {R"("x")", "no object"},
           {"[1]", "no object"},
           {R"({"stream_id":1,})", "malformed at byte 16: \"1,}\""},
           {R"({"stream_id":1 "name":2})", "malformed at byte 21: \"\"name\"\""},
           {R"({"stream_id":1}})", "malformed at byte 16: \"1}}\""},
           {R"({"stream_id":1,"name":"\ud800"})", "malformed at byte 30: \"\"\\ud800\"\""},
       }) {
    CAPTURE(test.element);
    CHECK(fault<LiveStream>(test.element) == test.fault);
  }
}
