// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels that are opened before anybody asks for them.
#include "house.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::sessions;
using namespace relevo::sessions::test;
using namespace std::chrono_literals;

namespace {

constexpr auto kPause = 50ms;

/// Three channels in a row.
class Row : public House {
 public:
  explicit Row(unsigned connections, bool wanted = true) : House(settings(wanted)) {
    for (const char* clip : {"h264_720p50", "ac3", "mpeg2_576i"})
      add_channel(clip, {clip}, connections);
    for (auto& [name, plan] : plans)
      plan.uuid = name; // by which it is found again
    sessions->open_neighbours([this](const Plan& plan, unsigned) {
      ++looks;
      return plan.uuid == "h264_720p50" ? std::vector<std::string>{"ac3"} : std::vector<std::string>{};
    });
  }

  [[nodiscard]] bool is_open(const std::string& channel) const {
    return std::ranges::count(sessions->view(), channel, &SessionView::channel_name) > 0;
  }
  /// They look around so many times more.
  [[nodiscard]] bool look(int times = 2) {
    const int until = looks + times;
    return turn_until([&] { return looks >= until; });
  }

  int looks = 0;

 private:
  static Settings settings(bool wanted) {
    auto settings = quick();
    settings.neighbours = wanted ? 1 : 0;
    settings.settled = kPause;
    settings.hls = {1s, 4, 250ms};
    return settings;
  }
};

} // namespace

TEST_CASE("who stays has the next channel at once, and it goes when he does") {
  Row house(2);
  Visitor& ann = house.visit("ann", "h264_720p50");
  REQUIRE(turn_until([&] { return house.is_open("ac3") && !house.session("ac3").current.empty(); }));
  CHECK(house.state("ac3") == State::Draining);
  REQUIRE(ann.plays());
  ann.socket.hang_up();
  Visitor& zapped = house.visit("ann", "ac3");
  CHECK(zapped.joined);
  REQUIRE(zapped.plays());
  REQUIRE(turn_until([&] { return !house.is_open("h264_720p50"); }));
  CHECK(house.joe().highest <= 2);
  CHECK(house.joe().refused == 0);
  CHECK(house.provider.channel_counters("ac3").opens == 1);
  house.close();
  CHECK(zapped.faults() == "");
}

TEST_CASE("where nobody watches what is beside it, it goes by itself") {
  Row house(2);
  Visitor& ann = house.visit("ann", "h264_720p50");
  REQUIRE(turn_until([&] { return house.is_open("ac3"); }));
  ann.socket.hang_up();
  REQUIRE(turn_until([&] { return house.sessions->view().empty(); }));
  CHECK(house.told(Happening::SessionClosed).size() == 2);
}

TEST_CASE("it makes room for anybody") {
  Row house(2);
  REQUIRE(house.visit("ann", "h264_720p50").plays());
  // Until then it may have no connection, and then there is no room to be made.
  REQUIRE(turn_until([&] { return house.is_open("ac3") && !house.session("ac3").current.empty(); }));
  Visitor& bob = house.visit("bob", "mpeg2_576i");
  REQUIRE(bob.plays());
  CHECK(house.told(Happening::SessionClosed).at(0).channel_name == "ac3");
  CHECK(house.told(Happening::SessionClosed).at(0).reason == "to make room");
  REQUIRE(house.look());
  CHECK_FALSE(house.is_open("ac3"));
  CHECK(house.joe().refused == 0);
  house.close();
}

TEST_CASE("nothing is opened ahead where no connection is free, or nobody wants it") {
  for (const unsigned connections : {1U, 5U}) {
    Row house(connections, connections == 1);
    Visitor& ann = house.visit("ann", "h264_720p50");
    REQUIRE(ann.plays());
    if (connections == 1) REQUIRE(house.look(3));
    REQUIRE(ann.plays());
    CHECK(house.sessions->view().size() == 1);
    CHECK(house.joe().highest == 1);
    house.close();
  }
}

TEST_CASE("viewers of HLS are viewers here, too") {
  Row house(2);
  std::vector<int> answers;
  const auto watch = [&](const char* name, const char* channel) {
    HlsGuest guest;
    guest.who = {name, "Player/1"};
    guest.wish = HlsGuest::Wish::Entrance;
    guest.on_served = [&answers](HlsServed) { answers.push_back(200); };
    guest.on_refused = [&answers](Refused refused) { answers.push_back(refused.status); };
    house.sessions->watch(channel, std::move(guest));
  };
  watch("ann", "h264_720p50");
  REQUIRE(turn_until([&] { return house.is_open("ac3"); })); // beside what she watches
  watch("bob", "ac3");
  REQUIRE(turn_until([&] { return answers.size() == 2; }));
  CHECK(answers == std::vector<int>{200, 200});
  house.provider.set_faults("ac3", {"close"});
  REQUIRE(house.hears(Happening::AllFailed));
  CHECK(house.state("ac3") == State::Live); // he is not cut
  house.close();
}

TEST_CASE("one that does not work is not tried again and again") {
  Row house(2);
  house.provider.set_faults("ac3", {"status:404"});
  REQUIRE(house.visit("ann", "h264_720p50").plays());
  REQUIRE(house.hears(Happening::SessionClosed));
  CHECK(house.told(Happening::SessionClosed)[0].reason == "no source works");
  REQUIRE(house.look(4));
  CHECK(house.told(Happening::SessionOpened).size() == 2);
  house.close();
}
