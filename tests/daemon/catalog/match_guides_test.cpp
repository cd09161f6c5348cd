// SPDX-License-Identifier: LGPL-2.1-or-later
#include "catalog/match_guides.hpp"
#include "store/channels.hpp"
#include "store/guide.hpp"
#include "store/guide_reviews.hpp"
#include "store/store.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using model::Channel;
using model::Field;
using model::GuideLink;

namespace {

struct GuideEntry {
  std::string id;
  std::vector<std::string> names;
};

struct Fixture {
  sqlite::Database database = *store::open_in_memory();

  model::GuideSource add_source(const std::string& name, int priority,
                                const std::vector<GuideEntry>& entries) {
    model::GuideSource source;
    source.name = name;
    source.priority = priority;
    store::save_guide_source(database, source);
    publish(source.id, entries);
    return source;
  }

  void publish(model::GuideSourceId source, const std::vector<GuideEntry>& entries) {
    store::EditionWriter writer(database, source);
    for (const auto& entry : entries)
      writer.add_channel(entry.id, entry.names, "");
    writer.finish();
    sqlite::Transaction transaction(database);
    writer.publish();
    transaction.commit();
  }

  Channel add(const std::string& name, const std::string& tvg_id = "") {
    Channel channel;
    channel.name = name;
    channel.tvg_id = tvg_id;
    store::save_channel(database, channel);
    return channel;
  }

  catalog::GuideMatchReport match(std::vector<model::ChannelId> channels = {}) {
    const auto report = catalog::match_guides(database, channels, {});
    REQUIRE(report);
    return *report;
  }

  /// The id of its guide; "" where it has none.
  std::string guide_of(const Channel& channel) {
    const auto found = store::find_channel(database, channel.id);
    REQUIRE(found);
    return found->guide ? found->guide->channel : "";
  }
};

const std::vector<GuideEntry> kGuide = {{"BBCOne.uk", {"BBC One"}},
                                        {"BBCTwo.uk", {"BBC Two"}},
                                        {"discovery.de", {"Discovery Channel Deutschland"}},
                                        {"discovery.it", {"Discovery Channel Italia"}}};

} // namespace

TEST_CASE("channels find their guides by id and by name, with a score and a reason") {
  Fixture fixture;
  const auto source = fixture.add_source("g", 0, kGuide);
  const auto by_id = fixture.add("BBC 1 London", "bbcone.uk"), by_name = fixture.add("UK: BBC 2 HD");
  const auto nothing = fixture.add("Zebra Racing");
  const auto report = fixture.match();
  CHECK(report.channels == 3);
  CHECK(report.linked == 2);
  CHECK(report.none == 1);
  CHECK(fixture.guide_of(by_id) == "BBCOne.uk");
  CHECK(fixture.guide_of(by_name) == "BBCTwo.uk");
  CHECK(fixture.guide_of(nothing).empty());
  const auto link = store::find_channel(fixture.database, by_name.id)->guide;
  CHECK(link->source == source.id);
  CHECK(link->score >= 88);
  CHECK_FALSE(link->reason.empty());
  CHECK_FALSE(link->manual);
  CHECK(fixture.match().unchanged == 2);
}

TEST_CASE("what nobody can know is listed for the user until he decides") {
  Fixture fixture;
  const auto source = fixture.add_source("g", 0, kGuide);
  auto channel = fixture.add("Discovery Channel");
  CHECK(fixture.match().review == 1);
  CHECK(fixture.guide_of(channel).empty());
  auto reviews = store::list_guide_reviews(fixture.database, {});
  REQUIRE(reviews.total == 1);
  CHECK(reviews.items[0].channel == channel.id);
  CHECK_FALSE(reviews.items[0].reason.empty());
  REQUIRE(reviews.items[0].candidates.size() == 2);
  CHECK(reviews.items[0].candidates[0].source == source.id);
  CHECK(reviews.items[0].candidates[0].score >= 70);
  CHECK(store::find_guide_review(fixture.database, channel.id) == reviews.items[0]);
  SUBCASE("for one of them") {
    channel.guide = {source.id, "discovery.it", true, 100, "chosen"};
  }
  SUBCASE("for none") {
    channel.settled = {Field::Guide};
  }
  store::save_channel(fixture.database, channel);
  CHECK(store::list_guide_reviews(fixture.database, {}).items.empty());
  CHECK(fixture.match().decided == 1);
  CHECK(store::find_channel(fixture.database, channel.id)->guide == channel.guide);
  CHECK_FALSE(store::find_guide_review(fixture.database, channel.id));
}

TEST_CASE("a guide that goes is left, but not where the user chose it") {
  Fixture fixture;
  const auto source = fixture.add_source("g", 0, kGuide);
  const auto one = fixture.add("UK: BBC One"), two = fixture.add("UK: BBC Two");
  auto by_hand = fixture.add("UK: Mine");
  by_hand.guide = {source.id, "BBCOne.uk", true, 100, "chosen"};
  store::save_channel(fixture.database, by_hand);
  fixture.match();
  CHECK(fixture.guide_of(one) == "BBCOne.uk");
  fixture.publish(source.id, {kGuide[1]});
  const auto report = fixture.match();
  CHECK(report.unlinked == 1);
  CHECK(report.unchanged == 1);
  CHECK(fixture.guide_of(one).empty());
  CHECK(fixture.guide_of(two) == "BBCTwo.uk");
  CHECK(fixture.guide_of(by_hand) == "BBCOne.uk");
}

TEST_CASE("what was found stays while it is possible") {
  Fixture fixture;
  fixture.add_source("g", 0, {kGuide[2]});
  const auto channel = fixture.add("Discovery Channel");
  fixture.match();
  CHECK(fixture.guide_of(channel) == "discovery.de");
  fixture.add_source("h", 0, {kGuide[3]});
  CHECK(fixture.match().unchanged == 1);
  CHECK(fixture.guide_of(channel) == "discovery.de");
}

TEST_CASE("the preferred source wins, and one that is not enabled is not asked") {
  Fixture fixture;
  fixture.add_source("low", 1, {kGuide[0]});
  auto high = fixture.add_source("high", 2, {{"one", {"BBC One"}}});
  const auto channel = fixture.add("BBC One");
  fixture.match();
  CHECK(fixture.guide_of(channel) == "one");
  high.enabled = false;
  store::save_guide_source(fixture.database, high);
  CHECK(fixture.match().linked == 1);
  CHECK(fixture.guide_of(channel) == "BBCOne.uk");
}

TEST_CASE("only the channels that are asked for are matched") {
  Fixture fixture;
  fixture.add_source("g", 0, kGuide);
  const auto one = fixture.add("UK: BBC One"), two = fixture.add("UK: BBC Two");
  CHECK(fixture.match({two.id}).channels == 1);
  CHECK(fixture.guide_of(one).empty());
  CHECK(fixture.guide_of(two) == "BBCTwo.uk");
}

TEST_CASE("a matching that is cancelled changes nothing") {
  Fixture fixture;
  fixture.add_source("g", 0, kGuide);
  const auto one = fixture.add("UK: BBC One");
  gx::CancelToken token;
  token.cancel();
  CHECK_FALSE(catalog::match_guides(fixture.database, {}, token));
  CHECK(fixture.guide_of(one).empty());
}
