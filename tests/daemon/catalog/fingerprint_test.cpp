// SPDX-License-Identifier: LGPL-2.1-or-later
#include "catalog/fingerprint.hpp"

#include <doctest/doctest.h>
#include <functional>
#include <vector>

using namespace relevo;
using model::Found;
using model::Likeness;

namespace {

std::uint64_t key(const Found& found, Likeness likeness) {
  return catalog::fingerprint(found).keys[static_cast<std::size_t>(likeness)];
}

Found news() {
  Found found;
  found.name = "News";
  found.url = "http://h/live/joe/secret/17.ts";
  found.provider_id = "17";
  found.group = "All";
  found.tvg_id = "news.example";
  return found;
}

} // namespace

TEST_CASE("fingerprints are for ever") {
  // They are kept in databases: should this fail, every stream of every user is taken for a new one.
  const auto print = catalog::fingerprint(news());
  CHECK(print.keys == std::array<std::uint64_t, 5>{0x45647e18181849ca, 0xa6fa7c80f62b6c17, 0xc8f0cde109ebca3d,
                                                   0x1bc945d15c1b9de5, 0x95cc9e84b550621b});
  CHECK(print.group == 3294725249);
  CHECK(print.content == 0x7897105d3f017328);
}

TEST_CASE("what is not there is no likeness") {
  const Found nothing;
  for (const auto value : catalog::fingerprint(nothing).keys)
    CHECK(value == 0);
}

TEST_CASE("an address is the same with other credentials") {
  Found other = news();
  other.url = "http://h/live/ann/other/17.ts";
  CHECK(key(other, Likeness::Address) == key(news(), Likeness::Address));
  CHECK(key(other, Likeness::Url) != key(news(), Likeness::Url));
}

TEST_CASE("a title is the id for the guide with the name") {
  Found other = news();
  other.name = "News HD";
  CHECK(key(other, Likeness::Title) != key(news(), Likeness::Title));
  other.tvg_id = "";
  CHECK(key(other, Likeness::Title) == 0);
}

TEST_CASE("whatever is kept of an entry is seen to change") {
  const std::vector<std::function<void(Found&)>> changes = {
      [](Found& f) { f.name = "x"; },        [](Found& f) { f.url = "x"; },
      [](Found& f) { f.provider_id = "x"; }, [](Found& f) { f.group = "x"; },
      [](Found& f) { f.tvg_id = "x"; },      [](Found& f) { f.logo = "x"; },
      [](Found& f) { f.number = "x"; },      [](Found& f) { f.archive_days = 3; },
      [](Found& f) { f.adult = true; },      [](Found& f) { f.details = R"({"a":1})"; },
  };
  for (const auto& change : changes) {
    Found found = news();
    change(found);
    CHECK(catalog::fingerprint(found).content != catalog::fingerprint(news()).content);
  }
}
