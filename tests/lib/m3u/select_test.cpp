// SPDX-License-Identifier: LGPL-2.1-or-later
#include "m3u/select.hpp"

#include <doctest/doctest.h>

using namespace relevo::m3u;

namespace {

Entry entry() {
  Entry e;
  e.name = "News HD";
  e.attributes = {
      {"tvg-id", "news.uk"}, {"tvg-name", "UK News"}, {"tvg-chno", "05.1"}, {"group-title", "UK; News"}};
  return e;
}

} // namespace

TEST_CASE("an entry fits a wish exactly, but for case and blanks, or not at all") {
  const struct {
    const char* what;
    Wish wish;
    Fit fit;
  } rows[] = {
      {"anything", {}, Fit::Exact},
      {"name", {.name = "News HD"}, Fit::Exact},
      {"tvg-name", {.name = "UK News"}, Fit::Exact},
      {"name alike", {.name = " news  hd "}, Fit::Alike},
      {"part of the name", {.name = "News"}, Fit::None},
      {"more than the name", {.name = "News HD 2"}, Fit::None},
      {"id", {.tvg_id = "news.uk"}, Fit::Exact},
      {"id alike", {.tvg_id = "News.UK"}, Fit::Alike},
      {"other id", {.tvg_id = "news"}, Fit::None},
      {"number", {.number = "5.1"}, Fit::Exact},
      {"number with zeros", {.number = "005.1"}, Fit::Exact},
      {"other number", {.number = "5"}, Fit::None},
      {"number that ends alike", {.number = "5.10"}, Fit::None},
      {"group", {.group = "News"}, Fit::Exact},
      {"groups as written", {.group = "UK; News"}, Fit::Exact},
      {"group alike", {.group = "uk"}, Fit::Alike},
      {"other group", {.group = "Sport"}, Fit::None},
      {"all", {.name = "News HD", .tvg_id = "news.uk", .number = "5.1", .group = "UK"}, Fit::Exact},
      {"one is only alike", {.name = "News HD", .group = "uk"}, Fit::Alike},
      {"one does not fit", {.name = "News HD", .group = "Sport"}, Fit::None},
      {"test", {.name_test = [](std::string_view name) { return name == "News HD"; }}, Fit::Exact},
      {"test fails", {.name_test = [](std::string_view) { return false; }}, Fit::None},
      {"test and name", {.name = "news hd", .name_test = [](std::string_view) { return true; }}, Fit::Alike},
  };
  for (const auto& row : rows) {
    CAPTURE(row.what);
    CHECK(fit(entry(), row.wish) == row.fit);
  }
}

TEST_CASE("numbers without value fit nothing") {
  Entry zero;
  zero.attributes = {{"tvg-chno", "0.5"}};
  CHECK(fit(zero, {.number = ".5"}) == Fit::None);
  CHECK(fit(zero, {.number = "00.5"}) == Fit::Exact);
  CHECK(fit(Entry{}, {.number = "0"}) == Fit::None);
  CHECK(fit(Entry{}, {.name = "x"}) == Fit::None);
}

TEST_CASE("a test of the name is not made where something else does not fit") {
  bool tested = false;
  const Wish wish{.group = "Sport", .name_test = [&](std::string_view) { return tested = true; }};
  CHECK(fit(entry(), wish) == Fit::None);
  CHECK_FALSE(tested);
}

TEST_CASE("wishes in words") {
  CHECK(describe({}) == "any entry");
  CHECK(describe({.name = "News", .group = "UK"}) == "name \"News\", group \"UK\"");
  CHECK(describe({.number = "5", .name_test = [](std::string_view) { return true; }}) ==
        "number \"5\", a pattern");
}
