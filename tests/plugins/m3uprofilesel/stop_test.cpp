// SPDX-License-Identifier: LGPL-2.1-or-later
// Starting, stopping and ending: nothing waits for the network, and nothing is left behind.
#include "player.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::m3uprofilesel::test;
using namespace std::chrono_literals;
using provider::TestProvider;
using relevo::test::count_descriptors;
using relevo::test::count_threads;
using relevo::test::eventually;

namespace {

std::string entry(const TestProvider& provider, const std::string& query) {
  return "#EXTM3U\n#EXTINF:-1,One\n" + provider.url("/live/one.ts?" + query) + "\n";
}

} // namespace

TEST_CASE("no state change waits for a playlist") {
  TestProvider provider(small_provider());
  Player player(provider.url("/live/one.ts?fault=hold:60"));
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < 3; ++i) {
    player.pipeline.play();
    REQUIRE(eventually([&] { return provider.connections().open == 1; }));
    player.pipeline.stop();
    CHECK(eventually([&] { return provider.connections().open == 0; }));
  }
  CHECK(std::chrono::steady_clock::now() - began < 5s);
}

TEST_CASE("it stops at once at every stage, and leaves nothing behind") {
  const Folder folder;
  TestProvider provider(small_provider());
  { Player first(folder.write("list.m3u", entry(provider, "burst=1"))); }
  const auto threads = count_threads();
  const auto descriptors = count_descriptors();
  for (const std::string query : {"burst=1", "fault=hold:60", "fault=holdbody:60", "fault=redirect:3"}) {
    CAPTURE(query);
    Player player(folder.write("list.m3u", entry(provider, query)));
    for (int i = 0; i < 5; ++i) {
      player.pipeline.play();
      player.pipeline.stop();
    }
    player.pipeline.play();
    player.wait_for("open");
    player.pipeline.set_state(GST_STATE_PAUSED);
    player.pipeline.set_state(GST_STATE_READY);
    CHECK(eventually([&] { return provider.connections().open == 0; }));
    player.pipeline.play();
    player.wait_for("open");
  }
  CHECK(eventually([&] { return provider.connections().open == 0; }));
  CHECK(eventually([&] { return count_threads() <= threads; }));
  CHECK(eventually([&] { return count_descriptors() <= descriptors; }));
}

TEST_CASE("an end that the application wants comes at every stage") {
  const Folder folder;
  TestProvider provider(small_provider());
  const auto end = [](Player& player) {
    CHECK(gst_element_send_event(player.pipeline.element(), gst_event_new_eos()));
    player.pipeline.wait_for(GST_MESSAGE_EOS);
  };
  {
    Player player(provider.url("/live/one.ts?fault=hold:60"));
    player.pipeline.play();
    end(player);
  }
  {
    Player player(folder.write("list.m3u", entry(provider, "fault=hold:60")));
    player.pipeline.play();
    player.wait_for("open");
    end(player);
  }
  {
    Player player(folder.write("list.m3u", entry(provider, "burst=1")));
    player.play();
    end(player);
    CHECK(eventually([&] { return provider.connections().open == 0; }));
  }
}

TEST_CASE("an error is followed by the end of the stream") {
  const Folder folder;
  TestProvider provider(small_provider());
  Player player(folder.write("list.m3u", entry(provider, "burst=1")));
  player.play();
  provider.set_faults("one", {"reset"});
  player.pipeline.wait_for(GST_MESSAGE_ERROR);
  player.pipeline.wait_for(GST_MESSAGE_EOS);
}
