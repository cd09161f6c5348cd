// SPDX-License-Identifier: LGPL-2.1-or-later
// Entries that are HLS.
#include "player.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::m3uprofilesel::test;

TEST_CASE("an entry may be HLS under an address that does not say so") {
  const provider::TestProvider provider(small_provider());
  const Folder folder;
  const std::string list = folder.write("list.m3u", "#EXTM3U\n#EXTINF:-1,One\n" +
                                                        provider.url("/live/one?type=hls&window=4") + "\n");
  Player player(list);
  player.play();
  player.pipeline.stop();
  CHECK(provider.last_request("/live/one/1.ts"));
}

TEST_CASE("an entry may be HLS, and its segments are asked for as the entry says") {
  const provider::TestProvider provider(small_provider());
  const Folder folder;
  const std::string list =
      folder.write("list.m3u", "#EXTM3U\n#EXTINF:-1,One\n#EXTVLCOPT:http-user-agent=Box/1\n" +
                                   provider.url("/live/one.m3u8?window=4") + "\n");
  Player player(list);
  player.play();
  player.pipeline.stop();
  const auto segment = provider.last_request("/live/one/1.ts"); // three before the end
  REQUIRE(segment);
  CHECK(segment->header("user-agent") == "Box/1");
}
