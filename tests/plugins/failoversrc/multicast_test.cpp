// SPDX-License-Identifier: LGPL-2.1-or-later
// failoversrc with candidates that are multicast groups; run by own_network.sh.
#include "channel.hpp"
#include "datagrams.hpp"

#include <doctest/doctest.h>

using namespace relevo::failoversrc::test;

TEST_CASE("groups are joined, and left for the next when they fall silent") {
  // Two groups on one port: each candidate hears its own.
  const std::string first = "udp://@239.1.2.3:5000", second = "rtp://@239.1.2.4:5000";
  auto sender = std::make_unique<Datagrams>("black", 5000, Datagrams::Options{.host = "239.1.2.3"});
  const Datagrams other("frozen", 5000, {.host = "239.1.2.4", .wrapping = Wrapping::Rtp});
  Channel channel({first, second}, "silence-timeout=1000");
  channel.pipeline.play();
  channel.wait_for_switch(first);
  REQUIRE(channel.pipeline.wait_for_bytes(60'000));
  sender.reset();
  channel.wait_for_switch(second);
  REQUIRE(channel.pipeline.wait_for_bytes(channel.pipeline.byte_count() + 200'000));
  CHECK(channel.count("give-up") == 1);
  channel.stop_and_check();
}
