// SPDX-License-Identifier: LGPL-2.1-or-later
// Sources that are HLS beside such that are not.
#include "channel.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::failoversrc::test;

namespace {

void play_until_the_first_dies(const std::vector<std::string>& list, const char* fault) {
  CAPTURE(list.front());
  Channel channel(list);
  const auto name = [](const std::string& item) { return item.substr(0, item.find_first_of(".?")); };
  channel.pipeline.play();
  channel.wait_for_switch(name(list[0]));
  REQUIRE(channel.pipeline.wait_for_bytes(500'000));
  channel.provider.set_faults(name(list[0]), {fault});
  channel.wait_for_switch(name(list[1]));
  REQUIRE(channel.pipeline.wait_for_bytes(channel.pipeline.byte_count() + 500'000));
  channel.stop_and_check();
}

} // namespace

TEST_CASE("HLS takes over from a transport stream, and the other way round") {
  play_until_the_first_dies({"ac3?burst=1", "h264_720p50.m3u8?target=1"}, "close");
  play_until_the_first_dies({"h264_720p50.m3u8?target=1", "ac3?burst=1"}, "status:404");
}
