// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/text.hpp"
#include "catalog/reorder.hpp"
#include "store/channels.hpp"
#include "store/store.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using catalog::Side;
using model::Channel;
using model::ChannelId;
using model::ChannelNumber;
using model::Field;

namespace {

struct Fixture {
  sqlite::Database database = *store::open_in_memory();

  ChannelId add(const std::string& name, std::optional<ChannelNumber> number, bool automatic = true,
                std::vector<Field> settled = {}) {
    Channel channel;
    channel.name = name;
    channel.number = number;
    channel.automatic = automatic;
    channel.settled = std::move(settled);
    store::save_channel(database, channel);
    return channel.id;
  }

  void give(ChannelId id, ChannelNumber number) {
    auto channel = *store::find_channel(database, id);
    channel.number = number;
    store::save_channel(database, channel);
  }

  /// "1 a, 2 b!"; settled ones with an exclamation mark, in the order of their numbers.
  std::string numbers() {
    std::string out;
    for (const auto& channel : store::list_channels(database, {}).items)
      out += concat(out.empty() ? "" : ", ", channel.number ? lineup::write(*channel.number) : "-", ' ',
                    channel.name, channel.has_settled(Field::Number) ? "!" : "");
    return out;
  }
};

} // namespace

TEST_CASE("a channel is put before and behind others, and back") {
  Fixture fixture;
  const auto a = fixture.add("a", ChannelNumber{1}), b = fixture.add("b", ChannelNumber{2});
  fixture.add("c", ChannelNumber{3}, true, {Field::Number});
  fixture.add("d", ChannelNumber{3, 1});
  const auto e = fixture.add("e", ChannelNumber{5}), none = fixture.add("none", std::nullopt);
  const auto hand = fixture.add("hand", std::nullopt, false);
  const std::string as_it_was = "1 a, 2 b, 3 c!, 3.1 d, 5 e, - none, - hand";
  const struct {
    ChannelId channel;
    Side side;
    ChannelId other;
    std::int64_t moved;
    std::string becomes;
  } rows[] = {
      {e, Side::After, a, 3, "1 a, 2 e!, 3 b, 4 c!, 4.1 d, - none, - hand"},
      {e, Side::Before, b, 3, "1 a, 2 e!, 3 b, 4 c!, 4.1 d, - none, - hand"},
      {e, Side::Before, a, 4, "1 e!, 2 a, 3 b, 4 c!, 4.1 d, - none, - hand"},
      {a, Side::After, b, 1, "1 b, 2 a!, 3 c!, 3.1 d, 5 e, - none, - hand"},
      {a, Side::Before, e, 0, "2 b, 3 c!, 3.1 d, 4 a!, 5 e, - none, - hand"},
      {a, Side::After, e, 0, "2 b, 3 c!, 3.1 d, 5 e, 6 a!, - none, - hand"},
      {a, Side::After, hand, 0, "2 b, 3 c!, 3.1 d, 5 e, 6 a!, - none, - hand"},
      {a, Side::Before, none, 0, "2 b, 3 c!, 3.1 d, 5 e, 6 a!, - none, - hand"},
      {a, Side::Before, b, 0, as_it_was},
      {none, Side::Before, a, 4, "1 none!, 2 a, 3 b, 4 c!, 4.1 d, 5 e, - hand"},
      {hand, Side::After, a, 3, "1 a, 2 hand, 3 b, 4 c!, 4.1 d, 5 e, - none"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.becomes);
    const auto done = catalog::move_channel(fixture.database, row.channel, row.side, row.other);
    REQUIRE(done);
    CHECK(done->moved == row.moved);
    CHECK(fixture.numbers() == row.becomes);
    CHECK(catalog::move_back(fixture.database, row.channel, *done) == true);
    CHECK(fixture.numbers() == as_it_was);
  }
}

TEST_CASE("a move that others have built on is not taken back") {
  Fixture fixture;
  const auto a = fixture.add("a", ChannelNumber{1}), b = fixture.add("b", ChannelNumber{2});
  const auto c = fixture.add("c", ChannelNumber{4}), d = fixture.add("d", ChannelNumber{20});
  const auto done = catalog::move_channel(fixture.database, c, Side::Before, a);
  REQUIRE(fixture.numbers() == "1 c!, 2 a, 3 b, 20 d");
  const struct {
    ChannelId channel;
    ChannelNumber meanwhile;
    ChannelNumber before;
  } rows[] = {{a, {30}, {2}}, {c, {30}, {1}}, {d, {4}, {20}}, {d, {1, 1}, {20}}, {d, {2}, {20}}};
  for (const auto& row : rows) {
    fixture.give(row.channel, row.meanwhile);
    const auto changed = fixture.numbers();
    CAPTURE(changed);
    CHECK(catalog::move_back(fixture.database, c, *done) == false);
    CHECK(fixture.numbers() == changed);
    fixture.give(row.channel, row.before);
  }
  fixture.give(d, {21}); // none of those that moved
  CHECK(catalog::move_back(fixture.database, c, *done) == true);
  CHECK(fixture.numbers() == "1 a, 2 b, 4 c, 21 d");
  CHECK(catalog::move_back(fixture.database, c, *done) == false);
  CHECK(store::find_channel(fixture.database, b)->number == ChannelNumber{2});
}

TEST_CASE("what cannot be moved stays") {
  Fixture fixture;
  const auto a = fixture.add("a", ChannelNumber{lineup::kMostMajor - 1});
  const auto b = fixture.add("b", ChannelNumber{lineup::kMostMajor}), c = fixture.add("c", std::nullopt);
  const auto before = fixture.numbers();
  CHECK_FALSE(catalog::move_channel(fixture.database, c, Side::After, a));
  CHECK_FALSE(catalog::move_channel(fixture.database, c, Side::After, b));
  CHECK_FALSE(catalog::move_channel(fixture.database, a, Side::After, a));
  CHECK_FALSE(catalog::move_channel(fixture.database, a, Side::After, {99}));
  CHECK_FALSE(catalog::move_channel(fixture.database, {99}, Side::After, a));
  for (const auto& shift : {lineup::Shift{{1}, {2}, 2}, lineup::Shift{{1}, {2}, -1},
                            lineup::Shift{{5, 1}, {5, 2}, -1}, lineup::Shift{{1}, {lineup::kMostMajor}, 1}})
    CHECK_FALSE(catalog::move_back(fixture.database, a, {.others = shift}));
  CHECK(fixture.numbers() == before);
}
