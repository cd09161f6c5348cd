// SPDX-License-Identifier: LGPL-2.1-or-later
// Whole lists: what is a row, what is a fault, what is refused, and that cuts change nothing.
#include "base/text.hpp"
#include "xtream_copy.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::xtream;

namespace {

using Lives = ListCopy<LiveStream>;

/// "1 2 !3 4": ids of rows and places of faults, in their order; or why the list is refused.
std::string told(const std::string& text) {
  std::string out;
  std::size_t index = 0;
  ListReader<LiveStream> reader(
      {.on_row = [&](const LiveStream& row) { out += concat(index++ == 0 ? "" : " ", row.id); },
       .on_fault =
           [&](const Fault& fault) {
             CHECK(fault.index == index);
             out += concat(index++ == 0 ? "!" : " !", fault.index);
           }});
  static_cast<void>(reader.push(as_bytes(text)));
  const auto counts = reader.finish();
  if (!counts) return concat(name_of(counts.error().kind), ": ", counts.error().text);
  CHECK(counts->rows + counts->faults == index);
  return out;
}

std::string row(int id, const std::string& members = "") {
  return concat(R"({"stream_id":)", id, R"(,"name":"n")", members, '}');
}

struct Case {
  std::string text;
  const char* told;
};

const std::string kWarning = "<br />\n<b>Warning</b>:  Undefined array key 3 in <b>/x[y]{z}.php</b><br />\n";

std::vector<Case> lists() {
  const auto two = concat('[', row(1), ',', row(2), ']');
  return {
      {two, "1 2"},
      {concat("[\r\n  ", row(1), " ,\n\t", row(2), "\n]\n"), "1 2"},
      {"\xef\xbb\xbf \n" + two, "1 2"},
      {kWarning + two, "1 2"},
      {"Notice: Array to string [3] in /x\n" + two + "\n<b>Warning</b>: [1]", "1 2"},
      {"[]", ""},
      {kWarning + "[]", ""},
      {"Warning: x\n{}", ""},
      {"Error: Cannot use [] for reading in x.php\n" + two, "1 2"},
      {"[ ]", ""},
      {"{}", ""},
      {" null\n", ""},
      {concat(R"({"0":)", row(1), R"(, "17" : )", row(2), '}'), "1 2"},
      {concat(R"({"0":)", row(1), R"(,"count":2,"1":)", row(2), '}'), "1 !1 2"},
      {concat('[', row(1, R"(,"x":"],}{[\"\\","y":[{"a":[]},{}])"), ',', row(2), ']'), "1 2"},
      {concat('[', row(1), ",,", row(2), ",]"), "1 2"},
  };
}

std::vector<Case> damaged_lists() {
  const auto with = [](const std::string& bad) {
    return concat('[', row(1), ',', bad, ',', row(3), ',', row(4), ']');
  };
  return {
      {with("{}"), "1 !1 3 4"},
      {with("null"), "1 !1 3 4"},
      {with(R"({"stream_id":2,"name":"a"b"})"), "1 !1 3 4"},
      {with(R"({"stream_id":2,"name":"a"b","x":"y"})"), "1 !1 3 4"},
      {with(R"({"stream_id":2,"name":"a"" })"), "1 !1 3 4"},
      {with(R"({"stream_id":2,"name":"a})"), "1 !1 3 4"},
      {with(R"({"stream_id":2,"name":"a" b"c"})"), "1 !1 3 4"},
      {with(R"({"stream_id":2,"name":"a\"})"), "1 !1 3 4"},
      {with(R"({"stream_id":2,"x":[1,2})"), "1 !1 3 4"},
      {with(R"({"stream_id":2,"x":{"y":1})"), "1 !1 3 4"},
      {with(R"({"stream_id":2)"), "1 !1 3 4"},
      {with(R"({"stream_id":2]})"), "1 !1 3 4"},
      {with(R"({"stream_id":2}})"), "1 !1 3 4"},
      {R"({"0":{"stream_id":1,"name":"a"b"},"1":{"stream_id":2}})", "!0 2"},
      {with("{\"stream_id\":2,\"name\":\"a\nb\"}"), "1 !1 3 4"},
      {with("{\"stream_id\":2,\"name\":\"a\xff\"}"), "1 !1 3 4"},
      {with(R"({"stream_id":2,"name":NaN})"), "1 !1 3 4"},
      {with(concat(R"({"stream_id":2,"x":)", std::string(200, '['), std::string(200, ']'), '}')), "1 2 3 4"},
  };
}

std::vector<Case> refused_lists() {
  return {
      {"", "empty: an empty answer: there is no panel, or it does not know the login"},
      {"\xef\xbb\xbf\n", "empty: an empty answer: there is no panel, or it does not know the login"},
      {"<html><head>[1]</head></html>",
       "no-panel: this is a web page and no answer of a panel: \"<html><head>\""},
      {"<!DOCTYPE html>", "no-panel: this is a web page and no answer of a panel: \"<!DOCTYPE html>\""},
      {"#EXTM3U\n", "no-panel: this is other text and no answer of a panel: \"#EXTM3U\""},
      {"INVALID_CREDENTIALS",
       "no-panel: this is other text and no answer of a panel: \"INVALID_CREDENTIALS\""},
      {R"({"user_info":{"auth":0}})", "bad-login: the panel does not know this login"},
      {R"({"server_info":{"url":"x"},"user_info":{"auth":"0"}})",
       "bad-login: the panel does not know this login"},
      {R"({"user_info":{"auth":1,"status":"Active"},"server_info":{}})",
       "malformed: the panel tells about the account instead of a list"},
      {R"({"error":"Unauthorized"})", R"(bad-login: the panel refuses this login: "Unauthorized")"},
      {R"({"detail":"slow down"})", "malformed: an object with \"detail\" instead of a list"},
      {concat(R"({"user_info":")", std::string(2 * kMaxRowSize, 'x'), "\"}"),
       "malformed: a large object that is no list"},
      {"Error: Cannot use [] for reading in {} of x.php",
       "no-panel: this is other text and no answer of a panel: "
       "\"Error: Cannot use [] for reading in {} o…\""},
      {R"({"js":[)", "truncated: the list breaks off after 0 rows"},
      {R"([{"name":"x"},5])", "malformed: none of the 2 rows can be used"},
      {"[1,2]", "malformed: none of the 2 rows can be used"},
      {"[", "truncated: the list breaks off after 0 rows"},
      {concat('[', row(1)), "truncated: the list breaks off after 0 rows"},
      {concat('[', row(1), ',', row(2), ',', row(3).substr(0, 12)),
       "truncated: the list breaks off after 2 rows"},
      {concat('[', row(1), ',', row(2), ",\""), "truncated: the list breaks off after 2 rows"},
  };
}

std::vector<Case> all_lists() {
  auto all = lists();
  for (const auto& more : {damaged_lists(), refused_lists()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

} // namespace

TEST_CASE("lists in every form") {
  for (const auto& test : lists()) {
    CAPTURE(test.text);
    CHECK(told(test.text) == test.told);
  }
}

TEST_CASE("a malformed row costs only itself") {
  for (const auto& test : damaged_lists()) {
    CAPTURE(test.text);
    CHECK(told(test.text) == test.told);
  }
}

TEST_CASE("what is no list, or not a whole one, is refused") {
  for (const auto& test : refused_lists()) {
    CAPTURE(test.text);
    CHECK(told(test.text) == test.told);
  }
}

TEST_CASE("the same bytes give the same events, however they are cut") {
  for (const auto& test : all_lists()) {
    CAPTURE(test.text);
    const auto whole = read_list<LiveStream>(test.text);
    for (const std::size_t size : {1, 2, 3, 7, 64})
      CHECK(read_list<LiveStream>(test.text, size) == whole);
  }
}

TEST_CASE("every list that breaks off is refused") {
  const auto text = concat('[', row(1), ',', row(2, R"(,"x":[{"y":"]}"}])"), ',', row(3), ']');
  for (std::size_t size = 0; size < text.size(); ++size) {
    CAPTURE(size);
    const auto refusal = read_list<LiveStream>(text.substr(0, size)).refusal;
    REQUIRE(refusal);
    CHECK(refusal->kind == (size == 0 ? Refusal::Kind::Empty : Refusal::Kind::Truncated));
  }
}

TEST_CASE("a reader says when it wants no more") {
  CHECK(read_list<LiveStream>("[" + row(1) + ",").wanted_more);
  CHECK_FALSE(read_list<LiveStream>("[" + row(1) + "]").wanted_more);
  CHECK(read_list<LiveStream>("<html>").wanted_more);
  CHECK_FALSE(read_list<LiveStream>("<html>{").wanted_more);
  CHECK(read_list<LiveStream>(std::string(kMaxOpeningSize - 1, 'x')).wanted_more);
  CHECK_FALSE(read_list<LiveStream>(std::string(kMaxOpeningSize, 'x')).wanted_more);
}

TEST_CASE("a row that is too long is a fault, whatever it holds") {
  for (const char filler : {'x', '"', '[', '{', '\\'}) {
    CAPTURE(filler);
    std::string inside(2 * kMaxRowSize, filler);
    if (filler == '[' || filler == '{') {
      inside += std::string(inside.size(), filler == '[' ? ']' : '}');
    } else {
      inside = '"' + inside + '"';
    }
    CHECK(told(concat('[', row(1), R"(,{"stream_id":2,"x":)", inside, "},", row(3), ']')) == "1 !1 3");
  }
}

TEST_CASE("brackets without partners cost time that grows with the input alone") {
  const std::string many(4 << 20, '[');
  CHECK(told(many).starts_with("truncated"));
  CHECK(told(many + std::string(8 << 20, '}')).starts_with("truncated"));
}

TEST_CASE("rows do not inherit from those before them") {
  const auto list = read_list<LiveStream>(R"([{"stream_id":1,"num":1,"name":"a","category_ids":[1,2],
    "added":5,"is_adult":1,"tv_archive_duration":2},{"stream_id":2}])");
  LiveStream bare;
  bare.id = 2;
  REQUIRE(list.rows.size() == 2);
  CHECK(list.rows[1] == bare);
}
