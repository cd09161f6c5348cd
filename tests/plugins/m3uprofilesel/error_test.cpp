// SPDX-License-Identifier: LGPL-2.1-or-later
// Playlists and settings that cannot be used: the error says what and where.
#include "player.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::m3uprofilesel::test;
using provider::TestProvider;

namespace {

void check_contains(const std::string& text, const std::string& part) {
  CAPTURE(text);
  CAPTURE(part);
  CHECK(text.find(part) != std::string::npos);
}

} // namespace

TEST_CASE("files that are no playlists") {
  const Folder folder;
  const std::string list = "#EXTM3U\n#EXTINF:-1,One\nhttp://127.0.0.1:1/one.ts\n";
  check_contains(error_of(folder.path("none.m3u")),
                 "other: The playlist cannot be read: " + folder.path("none.m3u"));
  check_contains(error_of("/"), "The playlist cannot be read: / is no file");
  check_contains(error_of("/dev/zero"), "The playlist cannot be read: /dev/zero is no file");
  check_contains(error_of("file://host/x"), "The playlist cannot be read");
  check_contains(error_of(folder.write("empty.m3u", "")), "line 1): the playlist is empty");
  check_contains(error_of(folder.write("head.m3u", "#EXTM3U\n")), "the playlist has no entry");
  check_contains(error_of(folder.write("list.m3u.gz", "\x1f\x8b\x08")), "compressed data (gzip)");
  check_contains(error_of(folder.write("broken.m3u", "#EXTM3U\n#EXTINF:-1,One\n")),
                 "none of the entries can be used");
  const auto none =
      error_of(folder.write("list.m3u", "#EXTM3U\n#EXTINF:-1,Broken\n" + list), "channel=Two group=G");
  check_contains(none, "has no entry with name \"Two\", group \"G\": 1 entries, 1 malformed");
}

TEST_CASE("answers that are no playlists") {
  TestProvider provider(small_provider());
  check_contains(error_of(provider.url("/live/nowhere.ts")), "status 404: The server answered 404");
  check_contains(error_of(provider.url("/live/joe/wrong/one.ts")), "status 401: The server answered 401");
  check_contains(error_of(provider.url("/live/one.ts?fault=html")), "a web page");
  check_contains(error_of(provider.url("/live/one.ts")), "binary data");
  check_contains(error_of(provider.url("/live/one.m3u8")), "an HLS playlist");
  check_contains(error_of(provider.refusing_url()), "refused: The playlist failed");
  check_contains(error_of("http://nowhere.invalid/list.m3u"), "dns: The playlist failed");
  check_contains(error_of(provider.url("/live/one.ts?fault=hold:60"), "first-byte-timeout=100"),
                 "first-byte-timeout");
  check_contains(error_of(provider.url("/live/one.ts?fault=holdbody:60"), "playlist-timeout=300"),
                 "The playlist failed");
}

TEST_CASE("entries that cannot be played") {
  const Folder folder;
  TestProvider provider(small_provider());
  const auto entry = [&](const std::string& address) {
    return folder.write("list.m3u", "#EXTM3U\n#EXTINF:-1,One\n" + address + "\n");
  };
  check_contains(error_of(entry(provider.url("/live/nowhere.ts"))), "status 404");
  check_contains(error_of(entry(provider.url("/live/one.ts?fault=close"))), "not-a-transport-stream");
  check_contains(error_of(entry(provider.refusing_url())), "refused");
  check_contains(error_of(entry(folder.path("none.ts"))), "refused: ");
}

TEST_CASE("a playlist from the network names no files of this machine") {
  TestProvider provider(small_provider());
  const auto error = error_of(provider.url("/playlist.m3u?entry=file:///etc/passwd"), "channel=entry");
  check_contains(error, "A playlist from the network may not name a file of this machine");
}

TEST_CASE("settings that cannot be used are refused at the start") {
  const struct {
    std::string properties, error;
  } rows[] = {
      {"location=\"\"", "no playlist is set"},
      {"pattern=\"(\"", "pattern cannot be used: the pattern is malformed"},
      {"logins=\"<[login,name=a,search=\\\"(\\\"]>\"",
       "logins cannot be used: login \"a\": the pattern is malformed"},
      {"logins=\"<[login,search=\\\"(x)\\\",replace=\\\"$2\\\"]>\"",
       "login \"1\": the pattern has no group for $2"},
      {"logins=\"<[login,search=\\\"x\\\",replace=\\\"$<u>\\\"]>\"", "the pattern has no group for $<u>"},
      {"logins=\"<[login,name=a],[login,name=a]>\"", "two logins are named \"a\""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.properties);
    Player player("list.m3u", row.properties);
    CHECK(gst_element_set_state(player.pipeline.element(), GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE);
    check_contains(player.wait_for_error(), row.error);
  }
}

TEST_CASE("a pattern that takes too long ends in an error, not in waiting") {
  const Folder folder;
  const auto list =
      folder.write("list.m3u", "#EXTM3U\n#EXTINF:-1," + std::string(60, 'a') + "!\nhttp://127.0.0.1:1/\n");
  check_contains(error_of(list, "pattern=\"(a+)+$\""), "too expensive");
}
