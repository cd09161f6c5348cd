// SPDX-License-Identifier: LGPL-2.1-or-later
#include "store/stream_past.hpp"

#include "store/accounts.hpp"
#include "store/penalties.hpp"
#include "store/store.hpp"
#include "store/streams.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace relevo;
using model::Measured;
using model::StreamFailure;
using model::StreamId;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {

model::Moment at(minutes time) {
  return model::Moment(time);
}

/// Streams "a", "b" and "c", in the order of their ids.
struct Fixture {
  sqlite::Database database = *store::open_in_memory();
  model::Account account;
  std::vector<StreamId> ids;

  Fixture() {
    account.name = "Ours";
    store::save_account(database, account);
    const auto group = store::insert_group(database, {{}, account.id, model::StreamKind::Live, "News", true});
    store::StreamWriter writer(database, account.id);
    for (const std::string_view name : {"a", "b", "c"}) {
      model::Found found;
      found.name = name;
      writer.insert(found, group, 0, {});
    }
    for (const auto& stream : store::load_fingerprints(database, account.id))
      ids.push_back(stream.id);
  }

  [[nodiscard]] Measured television(std::size_t stream, const std::string& codec, unsigned height) const {
    return {ids[stream],
            at(minutes(1)),
            8'200'000,
            model::MeasuredVideo{codec, "High", height * 16 / 9, height, true, 25},
            {{"AAC", "spa", 48'000, 2}, {"AC-3", "", 48'000, 6}}};
  }

  std::string names(const store::StreamQuery& query) {
    std::string out;
    for (const auto& one : store::list_streams(database, query).items)
      out += (out.empty() ? "" : ", ") + one.name;
    return out;
  }
};

} // namespace

TEST_CASE("what was found out of a stream is kept, and what came last holds") {
  Fixture fixture;
  auto& database = fixture.database;
  const auto kept = [&] { return store::StreamPasts(database).find(fixture.ids[0]); };
  CHECK_FALSE(kept().measured);
  CHECK_FALSE(kept().failure);
  CHECK_FALSE(kept().penalty);
  store::save_measured(database, fixture.television(0, "H.264", 1080));
  const auto better = fixture.television(0, "H.265", 2160);
  store::save_measured(database, better);
  store::save_failure(database, {fixture.ids[0], at(minutes(2)), "status", "HTTP status 404"});
  const StreamFailure last = {fixture.ids[0], at(minutes(3)), "ended", "it ended"};
  store::save_failure(database, last);
  store::save_penalty(database, {fixture.ids[0], 2, at(minutes(3))});
  CHECK(kept().measured == better);
  CHECK(kept().failure == last);
  CHECK(kept().penalty == model::StreamPenalty{fixture.ids[0], 2, at(minutes(3))});
  CHECK_FALSE(store::StreamPasts(database).find(fixture.ids[1]).measured);
}

TEST_CASE("radio has no video") {
  Fixture fixture;
  const Measured radio = {fixture.ids[0], at(minutes(1)), 192'000, {}, {{"MPEG audio", "deu", 48'000, 2}}};
  store::save_measured(fixture.database, radio);
  CHECK(store::StreamPasts(fixture.database).find(fixture.ids[0]).measured == radio);
}

TEST_CASE("what is no text does no harm") {
  Fixture fixture;
  store::save_measured(fixture.database,
                       {fixture.ids[0], at(minutes(1)), 1, {}, {{"AAC", "po\xe7", 48'000, 2}}});
  const auto past = store::StreamPasts(fixture.database).find(fixture.ids[0]);
  REQUIRE(past.measured);
  CHECK(past.measured->audio.at(0).language == "po\xef\xbf\xbd");
}

TEST_CASE("it goes with its stream, and none is kept for one that has gone") {
  Fixture fixture;
  auto& database = fixture.database;
  store::save_measured(database, fixture.television(0, "H.264", 1080));
  store::save_failure(database, {fixture.ids[0], at(minutes(2)), "ended", "it ended"});
  database.exec("DELETE FROM stream WHERE name = 'a'");
  store::save_measured(database, fixture.television(0, "H.264", 1080));
  store::save_failure(database, {fixture.ids[0], at(minutes(2)), "ended", "it ended"});
  const auto past = store::StreamPasts(database).find(fixture.ids[0]);
  CHECK_FALSE(past.measured);
  CHECK_FALSE(past.failure);
}

TEST_CASE("streams are found by what was measured of them") {
  Fixture fixture;
  store::save_measured(fixture.database, fixture.television(0, "H.264", 1080));
  store::save_measured(fixture.database, fixture.television(1, "H.265", 576));
  CHECK(fixture.names({.measured = true}) == "a, b");
  CHECK(fixture.names({.measured = false}) == "c");
  CHECK(fixture.names({.codec = "h.265"}) == "b");
  CHECK(fixture.names({.codec = "MPEG-2 video"}).empty());
  CHECK(fixture.names({.min_height = 577}) == "a");
  CHECK(fixture.names({.min_height = 576}) == "a, b");
  CHECK(fixture.names({.codec = "H.265", .min_height = 577}).empty());
  CHECK(store::list_streams(fixture.database, {.measured = false}).total == 1);
}

TEST_CASE("a penalty counts while enough of it is left") {
  Fixture fixture;
  store::save_penalty(fixture.database, {fixture.ids[0], 2, at(minutes(0))});
  store::save_penalty(fixture.database, {fixture.ids[1], 0.5, at(minutes(0))});
  const auto left = [&](bool wanted, milliseconds now) {
    return fixture.names({.penalised = store::Penalised{wanted, 0.25, model::Moment(now), minutes(5)}});
  };
  CHECK(left(true, minutes(0)) == "a, b");
  CHECK(left(false, minutes(0)) == "c");
  CHECK(left(true, minutes(5)) == "a, b"); // half of it
  CHECK(left(true, minutes(5) + milliseconds(1)) == "a");
  CHECK(left(false, minutes(6)) == "b, c");
  CHECK(left(true, minutes(15) + milliseconds(1)).empty());
}
