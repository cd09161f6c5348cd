// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/text.hpp"
#include "catalog/programmes.hpp"
#include "store/dummy_rules.hpp"
#include "store/guide.hpp"
#include "store/store.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace std::chrono_literals;
using model::Time;

namespace {

constexpr Time kDay{std::chrono::sys_days(std::chrono::year(2026) / 11 / 26)};

struct Fixture {
  sqlite::Database database = *store::open_in_memory();
  model::Channel channel;
  lineup::UtcOffset place{};

  Fixture() { channel.name = "News"; }

  void link_guide() {
    model::GuideSource source;
    source.name = "g";
    store::save_guide_source(database, source);
    store::EditionWriter writer(database, source.id);
    writer.add_channel("news", {"News"}, "");
    writer.add_programme("news", {kDay + 10h, kDay + 11h, "Morning"});
    writer.add_programme("news", {kDay + 11h, kDay + 12h, "Noon"});
    writer.finish();
    sqlite::Transaction transaction(database);
    writer.publish();
    transaction.commit();
    channel.guide = {source.id, "news"};
  }

  void add_rule(const std::string& name, const std::string& pattern, std::chrono::minutes zone = {}) {
    model::DummyRule rule;
    rule.name = name;
    rule.pattern = pattern;
    rule.zone = zone;
    rule.length = 120min;
    rule.templates.title = "{title} ({league})";
    rule.templates.description = name;
    store::save_dummy_rule(database, rule);
  }

  /// "10:00-11:00 Morning | …", in UTC.
  std::string programmes(Time from, Time until) {
    std::string out;
    const auto clock = [](Time time) {
      const auto minutes = std::chrono::floor<std::chrono::minutes>(time - kDay).count();
      const auto two = [](auto number) { return concat(number < 10 ? "0" : "", number); };
      return concat(two(minutes / 60), ':', two(minutes % 60));
    };
    for (const auto& one : catalog::programmes_of(database, channel, {from, until}, kDay + 6h, place))
      out += concat(out.empty() ? "" : " | ", clock(one.start), '-', clock(one.stop), ' ', one.title);
    return out;
  }
};

} // namespace

TEST_CASE("the guide tells what is on, moved by the shift of the channel") {
  Fixture fixture;
  fixture.link_guide();
  CHECK(fixture.programmes(kDay + 10h, kDay + 13h) == "10:00-11:00 Morning | 11:00-12:00 Noon");
  fixture.channel.guide_shift_minutes = 60;
  CHECK(fixture.programmes(kDay + 10h, kDay + 12h) == "11:00-12:00 Morning");
  fixture.channel.guide_shift_minutes = -90;
  CHECK(fixture.programmes(kDay + 10h, kDay + 12h) == "09:30-10:30 Noon");
}

TEST_CASE("without a guide, or where it is silent, there are blocks with the name") {
  Fixture fixture;
  const std::string blocks = "08:00-12:00 News | 12:00-16:00 News";
  CHECK(fixture.programmes(kDay + 9h, kDay + 16h) == blocks);
  fixture.place = [](lineup::Moment) { return std::chrono::seconds(1h); };
  CHECK(fixture.programmes(kDay + 9h, kDay + 11h) == "07:00-11:00 News");
  fixture.link_guide();
  CHECK(fixture.programmes(kDay + 15h, kDay + 19h) == "15:00-19:00 News");
}

TEST_CASE("the first rule that finds a time in the name makes an event of it") {
  Fixture fixture;
  fixture.add_rule("no time", "(?<title>One)");
  fixture.add_rule("event", R"(^(?<league>\w+): (?<title>.+) @ (?<time>\d+:\d+))", 60min);
  fixture.add_rule("too late", R"((?<title>.+) @ (?<time>\d+:\d+))");
  fixture.channel.name = "Cup: One vs Two @ 20:00";
  CHECK(fixture.programmes(kDay + 16h, kDay + 24h) ==
        "16:00-19:00 Upcoming: One vs Two | 19:00-21:00 One vs Two (Cup) | 21:00-23:00 Ended: One vs Two | "
        "23:00-24:00 Ended: One vs Two");
  const auto event =
      catalog::programmes_of(fixture.database, fixture.channel, {kDay + 19h, kDay + 20h}, kDay, {});
  REQUIRE(event.size() == 1);
  CHECK(event[0].description == "event");
  fixture.channel.name = "One";
  CHECK(fixture.programmes(kDay + 8h, kDay + 12h) == "08:00-12:00 One");
}

TEST_CASE("rules are checked") {
  model::DummyRule rule;
  rule.pattern = "a";
  CHECK(catalog::check(rule));
  auto bad = rule;
  bad.pattern = "(";
  CHECK_FALSE(catalog::check(bad));
  bad = rule;
  bad.zone = -15h;
  CHECK_FALSE(catalog::check(bad));
  bad = rule;
  bad.length = 0min;
  CHECK_FALSE(catalog::check(bad));
}
