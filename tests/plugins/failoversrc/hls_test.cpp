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

TEST_CASE(
    "HLS under an address that does not say so is read with one connection, and once more when it failed") {
  Channel channel({"ac3?type=hls&target=1", "h264_720p50?burst=1"});
  channel.pipeline.play();
  const auto told = channel.wait_for("read-as");
  CHECK(text_field(told.get(), "form") == "playlist");
  channel.wait_for_switch("ac3");
  channel.receive(500'000);
  channel.provider.set_faults("ac3", {"status:404"});
  channel.wait_for_switch("h264_720p50");
  channel.receive(500'000);
  CHECK(channel.count("give-up") == 1);
  channel.stop_and_check();
}

TEST_CASE("HLS takes over from a transport stream, and the other way round") {
  play_until_the_first_dies({"ac3?burst=1", "h264_720p50.m3u8?target=1"}, "close");
  play_until_the_first_dies({"h264_720p50.m3u8?target=1", "ac3?burst=1"}, "status:404");
}
