// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/text.hpp"
#include "catalog/bulk.hpp"
#include "store/channels.hpp"
#include "store/store.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using catalog::Mode;
using model::Channel;
using model::ChannelNumber;
using model::Field;
using Ids = std::vector<model::ChannelId>;

namespace {

struct Fixture {
  sqlite::Database database = *store::open_in_memory();

  model::ChannelId add(const std::string& name, std::optional<ChannelNumber> number, bool settled = false,
                       bool automatic = true) {
    Channel channel;
    channel.name = name;
    channel.number = number;
    channel.automatic = automatic;
    if (settled) channel.settled = {Field::Number};
    store::save_channel(database, channel);
    return channel.id;
  }

  /// "1 a, 2 b"; in the order in which they were made.
  std::string numbers() {
    std::string out;
    for (const auto& channel : store::load_channels(database))
      out += concat(out.empty() ? "" : ", ", channel.number ? lineup::write(*channel.number) : "-", ' ',
                    channel.name);
    return out;
  }
};

} // namespace

TEST_CASE("channels are renumbered in the order that is given, around what is taken and settled") {
  Fixture fixture;
  const auto a = fixture.add("a", ChannelNumber{30}), b = fixture.add("b", std::nullopt);
  const auto c = fixture.add("c", ChannelNumber{12}, true), d = fixture.add("d", ChannelNumber{1});
  fixture.add("other", ChannelNumber{11});
  const Ids ids = {d, c, b, a};
  const auto preview = catalog::renumber(fixture.database, ids, {10, 20}, Mode::Preview);
  REQUIRE(preview);
  CHECK(*preview == catalog::NumberChanges{
                        {d, ChannelNumber{1}, {10}}, {b, std::nullopt, {13}}, {a, ChannelNumber{30}, {14}}});
  CHECK(fixture.numbers() == "30 a, - b, 12 c, 1 d, 11 other");
  CHECK(*catalog::renumber(fixture.database, ids, {10, 20}, Mode::Apply) == *preview);
  CHECK(fixture.numbers() == "14 a, 13 b, 12 c, 10 d, 11 other");
}

TEST_CASE("numbers that do not suffice change nothing") {
  Fixture fixture;
  const auto a = fixture.add("a", ChannelNumber{2}), b = fixture.add("b", ChannelNumber{1});
  CHECK_FALSE(catalog::renumber(fixture.database, Ids{a, b}, {1, 1}, Mode::Apply));
  CHECK_FALSE(catalog::renumber(fixture.database, Ids{a, a}, {1, 9}, Mode::Apply));
  CHECK_FALSE(catalog::renumber(fixture.database, Ids{{99}}, {1, 9}, Mode::Apply));
  CHECK_FALSE(catalog::move_block(fixture.database, Ids{a}, 0, Mode::Apply));
  CHECK_FALSE(catalog::move_block(fixture.database, Ids{a, b}, lineup::kMostMajor, Mode::Apply));
  CHECK(fixture.numbers() == "2 a, 1 b");
}

TEST_CASE("compacting closes the holes of a range and leaves the rest") {
  Fixture fixture;
  fixture.add("before", ChannelNumber{9});
  fixture.add("c", ChannelNumber{30});
  fixture.add("a", ChannelNumber{12});
  fixture.add("b", ChannelNumber{12, 1});
  fixture.add("behind", ChannelNumber{51});
  fixture.add("none", std::nullopt);
  REQUIRE(catalog::compact(fixture.database, {10, 50}, Mode::Apply));
  CHECK(fixture.numbers() == "9 before, 12 c, 10 a, 11 b, 51 behind, - none");
  CHECK(catalog::compact(fixture.database, {10, 50}, Mode::Apply)->empty());
}

TEST_CASE("a block moves, and what is in its way moves up no further than it must") {
  Fixture fixture;
  fixture.add("a", ChannelNumber{1});
  fixture.add("b", ChannelNumber{2});
  fixture.add("fixed", ChannelNumber{3}, true);
  fixture.add("c", ChannelNumber{4});
  fixture.add("d", ChannelNumber{8});
  const auto x = fixture.add("x", ChannelNumber{20}), y = fixture.add("y", std::nullopt);
  REQUIRE(catalog::move_block(fixture.database, Ids{y, x}, 2, Mode::Apply));
  CHECK(fixture.numbers() == "1 a, 5 b, 3 fixed, 6 c, 8 d, 4 x, 2 y");
}

TEST_CASE("names are changed by a pattern, after a preview, and stay") {
  Fixture fixture;
  const auto a = fixture.add("UK | News", std::nullopt), b = fixture.add("Sport", std::nullopt);
  const auto c = fixture.add("UK | ", std::nullopt, false, false),
             d = fixture.add("UK | Film", std::nullopt, false, false);
  const Ids ids = {a, b, c, d};
  const auto preview =
      catalog::rename_channels(fixture.database, ids, R"(^UK \|( (.+))?)", "$2", Mode::Preview);
  REQUIRE(preview);
  CHECK(*preview == std::vector<catalog::NameChange>{{a, "UK | News", "News"}, {d, "UK | Film", "Film"}});
  CHECK(store::find_channel(fixture.database, a)->name == "UK | News");
  CHECK(*catalog::rename_channels(fixture.database, ids, R"(^UK \|( (.+))?)", "$2", Mode::Apply) == *preview);
  CHECK(store::find_channel(fixture.database, a)->name == "News");
  CHECK(store::find_channel(fixture.database, a)->has_settled(Field::Name));
  CHECK(store::find_channel(fixture.database, b)->settled.empty());
  CHECK(store::find_channel(fixture.database, d)->settled.empty()); // made by hand
  CHECK_FALSE(catalog::rename_channels(fixture.database, ids, "(", "", Mode::Apply));
}

TEST_CASE("many channels get the same at once") {
  Fixture fixture;
  const auto a = fixture.add("a", std::nullopt), b = fixture.add("b", std::nullopt, false, false);
  CHECK(catalog::edit_channels(fixture.database, Ids{a, b}, {.group = "News", .hidden = true}) == 2u);
  CHECK(catalog::edit_channels(fixture.database, Ids{a, b}, {.group = "News"}) == 0u);
  CHECK(catalog::edit_channels(fixture.database, Ids{b}, {.logo = "http://l", .guide_shift_minutes = 60}) ==
        1u);
  for (const auto id : {a, b}) {
    const auto channel = store::find_channel(fixture.database, id);
    CHECK(channel->group == "News");
    CHECK(channel->hidden);
  }
  CHECK(store::find_channel(fixture.database, a)->settled == std::vector{Field::Group, Field::Hidden});
  CHECK(store::find_channel(fixture.database, b)->settled.empty());
  CHECK(store::find_channel(fixture.database, b)->guide_shift_minutes == 60);
  CHECK_FALSE(catalog::edit_channels(fixture.database, Ids{{99}}, {}));
}

TEST_CASE("many channels go at once") {
  Fixture fixture;
  const auto a = fixture.add("a", std::nullopt), b = fixture.add("b", std::nullopt);
  CHECK(catalog::erase_channels(fixture.database, Ids{a, {99}}) == 1);
  CHECK_FALSE(store::find_channel(fixture.database, a));
  CHECK(store::find_channel(fixture.database, b));
}
