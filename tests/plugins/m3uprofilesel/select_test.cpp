// SPDX-License-Identifier: LGPL-2.1-or-later
// Which entry is played, from where, and how it is asked for.
#include "player.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

using namespace relevo;
using namespace relevo::m3uprofilesel::test;
using provider::TestProvider;

namespace {

std::string three_channels(const TestProvider& provider) {
  return "#EXTM3U\n"
         "#EXTINF:-1 tvg-id=\"one.uk\" tvg-chno=\"1\" group-title=\"News\",One\n" +
         provider.url("/live/one.ts?burst=1") +
         "\n#EXTINF:-1 tvg-id=\"two.uk\" tvg-chno=\"2.1\" group-title=\"Sport\",two hd\n" +
         provider.url("/live/two.ts?burst=1") +
         "\n#EXTINF:-1 tvg-id=\"three.uk\" tvg-chno=\"3\" group-title=\"Sport\",Two HD\n" +
         provider.url("/live/three.ts?burst=1") + "\n";
}

/// The channel that was opened, alone.
std::string opened(const TestProvider& provider) {
  std::string names;
  for (const std::string name : {"one", "two", "three"})
    if (provider.channel_counters(name).opens > 0) names += name;
  return names;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

} // namespace

TEST_CASE("every way of choosing finds its entry") {
  const struct {
    const char* properties;
    const char* channel;
  } rows[] = {
      {"", "one"},
      {"channel=One", "one"},
      {"channel=\"Two HD\"", "three"}, // exact before alike
      {"channel=\"TWO HD\"", "two"},   // alike: the first
      {"tvg-id=two.uk", "two"},
      {"number=3", "three"},
      {"number=2.1", "two"},
      {"group=sport", "two"},
      {"group=Sport channel=\"Two HD\"", "three"},
      {"pattern=\"^T.*HD$\"", "three"},
      {"pattern=\"(?i)^two\" group=Sport", "two"},
  };
  const Folder folder;
  for (const auto& row : rows) {
    CAPTURE(row.properties);
    TestProvider provider(small_provider());
    Player player(folder.write("list.m3u", three_channels(provider)), row.properties);
    player.play();
    player.pipeline.stop();
    CHECK(opened(provider) == row.channel);
  }
}

TEST_CASE("it says what it plays, and what it passed on the way") {
  const Folder folder;
  TestProvider provider(small_provider());
  Player player(folder.write("list.m3u", "#EXTM3U\n#EXTINF:-1,Broken\n" + three_channels(provider)),
                "number=3");
  player.pipeline.play();
  const auto entry = player.wait_for("entry");
  CHECK(field(entry.get(), "name") == "Two HD");
  CHECK(field(entry.get(), "tvg-id") == "three.uk");
  CHECK(field(player.wait_for("open").get(), "address") == provider.url("/live/three.ts?burst=1"));
  player.wait_for("play");
  REQUIRE(player.pipeline.wait_for_bytes(1));
  GstStructure* stats = nullptr;
  g_object_get(player.element().get(), "stats", &stats, nullptr);
  guint64 entries = 0, faults = 0, bytes = 0;
  CHECK(gst_structure_get(stats, "entries", G_TYPE_UINT64, &entries, "faults", G_TYPE_UINT64, &faults,
                          "bytes", G_TYPE_UINT64, &bytes, nullptr));
  CHECK(entries == 3);
  CHECK(faults == 1);
  CHECK(bytes > 0);
  gst_structure_free(stats);
}

TEST_CASE("a playlist from the network is asked for as it was told") {
  TestProvider provider(small_provider());
  Player player(provider.url("/playlist.m3u"),
                "channel=two user-agent=Agent/1 extra-headers=\"headers,X-Key=(string)abc\"");
  player.play();
  player.pipeline.stop();
  CHECK(opened(provider) == "two");
  const auto list = provider.last_request("/playlist.m3u");
  REQUIRE(list);
  CHECK(list->header("user-agent") == "Agent/1");
  CHECK(list->header("x-key") == "abc");
  const auto stream = provider.last_request("/live/two.ts");
  REQUIRE(stream);
  CHECK(stream->header("user-agent") == "Agent/1");
  CHECK(stream->header("x-key").empty()); // not meant for it
}

TEST_CASE("headers that the playlist gives for an entry are sent") {
  const Folder folder;
  TestProvider provider(small_provider());
  Player player(folder.write("list.m3u", "#EXTM3U\n"
                                         "#KODIPROP:inputstream.adaptive.stream_headers=X-Kodi=k%20k\n"
                                         "#EXTINF:-1,One\n"
                                         "#EXTVLCOPT:http-user-agent=VLC agent\n"
                                         "#EXTVLCOPT:http-referrer=http://r/\n" +
                                             provider.url("/live/one.ts?burst=1") +
                                             "|Origin=http%3A%2F%2Fo&Cookie=a=b; c=d\n"),
                "user-agent=Agent/1");
  player.play();
  player.pipeline.stop();
  const auto request = provider.last_request("/live/one.ts");
  REQUIRE(request);
  CHECK(request->get("burst") == "1"); // and nothing behind it
  CHECK(request->header("user-agent") == "VLC agent");
  CHECK(request->header("referer") == "http://r/");
  CHECK(request->header("x-kodi") == "k k");
  CHECK(request->header("origin") == "http://o");
  CHECK(request->header("cookie") == "a=b; c=d");
}

TEST_CASE("a relative address counts from the playlist, and a file is played to its end") {
  const Folder folder;
  const std::string clip = read_file(std::string(std::getenv("RELEVO_TEST_MEDIA")) + "/h264_720p50.ts");
  folder.write("a clip.ts", clip);
  const auto list = folder.write("list.m3u", "#EXTM3U\n#EXTINF:-1,One\na clip.ts\n");
  const gx::CString uri(g_filename_to_uri(list.c_str(), nullptr, nullptr));
  for (const std::string& location : {list, std::string(uri.get())}) {
    CAPTURE(location);
    Player player(location);
    player.pipeline.play();
    player.pipeline.wait_for(GST_MESSAGE_EOS);
    CHECK(player.pipeline.bytes() == clip);
  }
}

TEST_CASE("a relative address in a playlist from the network") {
  TestProvider provider(small_provider());
  Player player(provider.url("/playlist.m3u?entry=live/two.ts%3Fburst=1"), "channel=entry");
  player.play();
  CHECK(opened(provider) == "two");
}

TEST_CASE("a pause keeps the connection, and it plays again afterwards") {
  const Folder folder;
  TestProvider provider(small_provider());
  Player player(folder.write("list.m3u", three_channels(provider)));
  for (int i = 0; i < 3; ++i) {
    player.play();
    player.pipeline.set_state(GST_STATE_PAUSED);
  }
  CHECK(provider.channel_counters("one").opens == 1);
  player.pipeline.stop();
  player.play();
  CHECK(provider.channel_counters("one").opens == 2);
}
