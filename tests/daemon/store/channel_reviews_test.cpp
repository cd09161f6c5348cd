// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/text.hpp"
#include "store/accounts.hpp"
#include "store/channel_reviews.hpp"
#include "store/channels.hpp"
#include "store/store.hpp"
#include "store/streams.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using model::ChannelId;
using Streams = std::vector<model::ChannelStream>;

namespace {

/// Streams 1 to 4 of an account.
struct Fixture {
  sqlite::Database database = *store::open_in_memory();
  model::AccountId account{};
  model::GroupId group{};

  Fixture() {
    model::Account ours;
    ours.name = "Ours";
    store::save_account(database, ours);
    account = ours.id;
    group = store::insert_group(database, {{}, account, model::StreamKind::Live, "All", true});
    store::StreamWriter writer(database, account);
    for (const auto name : {"a", "b", "c", "d"}) {
      model::Found found;
      found.name = name;
      writer.insert(found, group, 0, {});
    }
  }

  ChannelId add(const std::string& name, std::uint32_t number, const Streams& streams, bool hidden = false) {
    model::Channel channel;
    channel.name = name;
    channel.number = {number, 0};
    channel.hidden = hidden;
    channel.automatic = true;
    store::save_channel(database, channel);
    store::save_channel_streams(database, channel.id, streams);
    return channel.id;
  }

  /// "Sky 85, News 88".
  std::string doubtful(store::Page page = {}) {
    std::string out;
    for (const auto& one : store::list_doubtful_channels(database, 97, page).items)
      out += concat(out.empty() ? "" : ", ", store::find_channel(database, one.channel)->name, ' ',
                    one.confidence);
    return out;
  }
};

} // namespace

TEST_CASE("the least sure channels come first, then those with the lower numbers") {
  Fixture fixture;
  fixture.add("Two", 2, {{{1}, false, 97, ""}, {{2}, false, 88, ""}});
  fixture.add("One", 1, {{{1}, false, 88, ""}, {{3}, false, 97, ""}});
  fixture.add("Three", 3, {{{1}, false, 92, ""}, {{2}, false, 85, ""}, {{3}, false, 97, ""}});
  CHECK(fixture.doubtful() == "Three 85, One 88, Two 88");
  CHECK(fixture.doubtful({.limit = 1, .offset = 1}) == "One 88");
  CHECK(store::list_doubtful_channels(fixture.database, 97, {.limit = 1}).total == 3);
}

TEST_CASE("nobody is asked about what is sure, decided, alone or hidden") {
  Fixture fixture;
  fixture.add("sure", 1, {{{1}, false, 97, ""}, {{2}, false, 97, ""}});
  fixture.add("decided", 2, {{{1}, true, 88, ""}, {{2}, false, 97, ""}});
  fixture.add("alone", 3, {{{1}, false, 88, ""}});
  fixture.add("hidden", 4, {{{1}, false, 97, ""}, {{2}, false, 88, ""}}, true);
  CHECK(fixture.doubtful().empty());
}

TEST_CASE("what tells which channel one is") {
  Fixture fixture;
  const auto second = fixture.add("Second", 2, {{{3}, false, 97, ""}, {{1}, false, 88, "why"}});
  const auto first = fixture.add("First", 1, {});
  fixture.add("Hidden", 3, {}, true);
  const auto named = store::load_named_channels(fixture.database);
  REQUIRE(named.size() == 2);
  CHECK(named[0].id == first);
  store::GroupedStreams streams_of(fixture.database);
  CHECK(streams_of(first).empty());
  CHECK(named[1].name == "Second");
  CHECK(named[1].automatic);
  CHECK(streams_of(second) == std::vector<store::GroupedStream>{{{3}, fixture.group}, {{1}, fixture.group}});
  const auto streams = store::load_named_streams(fixture.database, second);
  REQUIRE(streams.size() == 2);
  CHECK(streams[0].name == "c");
  CHECK(streams[1].name == "a");
  CHECK(streams[1].group == "All");
  CHECK(streams[1].account == fixture.account);
  CHECK(streams[1].confidence == 88);
  CHECK(streams[1].reason == "why");
}

TEST_CASE("channels that are kept apart are known by the streams that they have now") {
  Fixture fixture;
  const auto a = fixture.add("A", 1, {{{1}}}), b = fixture.add("B", 2, {{{2}}}),
             c = fixture.add("C", 3, {{{3}}});
  store::add_separations(fixture.database,
                         std::vector<model::Separation>{{a, {2}}, {c, {4}}}); // 4: which nobody has
  CHECK(store::load_separated_channels(fixture.database) == std::set{std::pair(a, b)});
}
