// SPDX-License-Identifier: LGPL-2.1-or-later
#include "store/guide.hpp"
#include "store/store.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace relevo;
using model::GuideSource;
using model::Programme;
using model::Time;
using std::chrono::seconds;

namespace {

Time at(int second) {
  return Time(seconds(second));
}

struct Fixture {
  sqlite::Database database = *store::open_in_memory();
  GuideSource source;

  Fixture() {
    source.name = "Guide";
    store::save_guide_source(database, source);
  }

  void publish(const std::string& title, int programmes = 3) {
    store::EditionWriter writer(database, source.id);
    writer.add_channel("one", {"One", "Uno"}, "http://icon");
    for (int i = 0; i < programmes; ++i)
      writer.add_programme("one", programme(title, i * 10, i * 10 + 10));
    writer.finish();
    writer.publish();
  }

  static Programme programme(const std::string& title, int start, int stop) {
    return {at(start), at(stop), title, "sub", "desc", R"({"new":true})"};
  }

  std::vector<Programme> programmes(const std::string& channel, int from, int until) {
    return store::load_programmes(database, source.id, channel, at(from), at(until));
  }
  std::int64_t rows(const std::string& table) {
    sqlite::Statement row(database, "SELECT count(*) FROM " + table);
    row.step();
    return row.column<std::int64_t>(0);
  }
};

} // namespace

TEST_CASE("a source is kept with everything") {
  Fixture fixture;
  GuideSource source{{}, "Other", "http://g/x.xml.gz", false, {"VLC", {{"A", "b"}}, "http://p"}, "6h", 5,
                     1,  2};
  store::save_guide_source(fixture.database, source);
  CHECK(store::find_guide_source(fixture.database, source.id) == source);
  source.name = "An other";
  store::save_guide_source(fixture.database, source);
  CHECK(store::load_guide_sources(fixture.database) == std::vector{source, fixture.source});
  store::save_guide_state(fixture.database, source.id, {"failed", "no", "{}", at(4), {}, "etag:1"});
  CHECK(store::load_guide_state(fixture.database, source.id).validator == "etag:1");
  CHECK(store::erase_guide_source(fixture.database, source.id));
  CHECK_FALSE(store::find_guide_source(fixture.database, source.id));
}

TEST_CASE("programmes are found by time") {
  Fixture fixture;
  fixture.publish("News");
  CHECK(fixture.programmes("one", 0, 30).size() == 3);
  CHECK(fixture.programmes("one", 10, 20) == std::vector{Fixture::programme("News", 10, 20)});
  CHECK(fixture.programmes("one", 15, 16).size() == 1);
  CHECK(fixture.programmes("one", 30, 40).empty());
  CHECK(fixture.programmes("two", 0, 30).empty());
  CHECK(store::count_programmes(fixture.database, fixture.source.id) == 3);
}

TEST_CASE("channels are found by their names") {
  Fixture fixture;
  fixture.publish("News");
  const auto slice = store::list_guide_channels(fixture.database, {.text = "uno"});
  REQUIRE(slice.items.size() == 1);
  CHECK(slice.items[0].channel == "one");
  CHECK(slice.items[0].names == std::vector<std::string>{"One", "Uno"});
  CHECK(slice.items[0].icon == "http://icon");
  CHECK(store::list_guide_channels(fixture.database, {.text = "two"}).items.empty());
}

TEST_CASE("nobody sees an edition before it is whole") {
  Fixture fixture;
  fixture.publish("Old");
  {
    store::EditionWriter writer(fixture.database, fixture.source.id);
    writer.add_programme("one", Fixture::programme("New", 0, 10));
    CHECK(fixture.programmes("one", 0, 10)[0].title == "Old");
    writer.finish();
    CHECK(fixture.programmes("one", 0, 10)[0].title == "Old");
  } // never published
  while (store::sweep_editions(fixture.database, fixture.source.id)) {
  }
  CHECK(fixture.rows("guide_edition") == 1);
  CHECK(fixture.rows("programme") == 3);
  fixture.publish("Newer");
  CHECK(fixture.programmes("one", 0, 10)[0].title == "Newer");
  while (store::sweep_editions(fixture.database, fixture.source.id)) {
  }
  CHECK(fixture.rows("guide_edition") == 1);
  CHECK(fixture.rows("programme") == 3);
}

TEST_CASE("what is in use is another edition after each publishing") {
  Fixture fixture;
  CHECK(store::load_editions(fixture.database).empty());
  fixture.publish("a");
  const auto first = store::load_editions(fixture.database);
  REQUIRE(first.size() == 1);
  CHECK(first[0].source == fixture.source.id);
  CHECK_FALSE(first[0].refreshed_at);
  fixture.publish("a");
  const auto second = store::load_editions(fixture.database);
  CHECK(second != first);
  store::RefreshState state;
  state.refreshed = at(7);
  store::save_guide_state(fixture.database, fixture.source.id, state);
  CHECK(store::load_editions(fixture.database) != second);
}

TEST_CASE("sweeping one guide leaves the others alone, though they are being written") {
  Fixture fixture;
  GuideSource other;
  other.name = "Other";
  store::save_guide_source(fixture.database, other);
  store::EditionWriter writer(fixture.database, other.id);
  writer.add_programme("x", Fixture::programme("New", 0, 10));
  writer.finish();
  fixture.publish("Old");
  while (store::sweep_editions(fixture.database, fixture.source.id)) {
  }
  writer.publish();
  CHECK(store::count_programmes(fixture.database, other.id) == 1);
}

TEST_CASE("what has no end ends where the next begins") {
  Fixture fixture;
  store::EditionWriter writer(fixture.database, fixture.source.id);
  for (const int start : {0, 100, 50})
    writer.add_programme("one", Fixture::programme("x", start, start));
  writer.add_programme("two", Fixture::programme("x", 60, 60));
  writer.finish();
  writer.publish();
  const auto programmes = fixture.programmes("one", -1, 200);
  REQUIRE(programmes.size() == 3);
  CHECK(programmes[0].stop == at(50));
  CHECK(programmes[1].stop == at(100));
  CHECK(programmes[2].stop == at(100 + 3600));
}

TEST_CASE("a large guide is written and swept in parts") {
  Fixture fixture;
  fixture.publish("Large", 45'000);
  CHECK(store::count_programmes(fixture.database, fixture.source.id) == 45'000);
  fixture.publish("Small", 1);
  int parts = 0;
  while (store::sweep_editions(fixture.database, fixture.source.id))
    ++parts;
  CHECK(parts == 4); // three of programmes, and the rest
  CHECK(fixture.rows("programme") == 1);
}
