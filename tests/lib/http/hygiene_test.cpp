// SPDX-License-Identifier: LGPL-2.1-or-later
// What a fetch leaves behind: nothing.
#include "fake_resolver.hpp"
#include "http/client.hpp"
#include "scripted_server.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <iterator>

using namespace relevo;
using namespace relevo::http;
using namespace relevo::http::test;
using namespace std::chrono_literals;

namespace {

std::ptrdiff_t entries_of(const char* folder) {
  return std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator());
}
std::ptrdiff_t open_descriptors() {
  return entries_of("/proc/self/fd");
}
std::ptrdiff_t running_threads() {
  return entries_of("/proc/self/task");
}

void fetch_every_way() {
  ScriptedServer fine(always(ok("x")));
  ScriptedServer stalling([](Peer& peer) {
    peer.read_head();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
    peer.wait_until_closed();
  });
  ScriptedServer mute([](Peer& peer) { peer.wait_until_closed(); });
  ScriptedServer away(
      always("HTTP/1.1 302 Go\r\nLocation: " + fine.url("/") + "\r\nContent-Length: 0\r\n\r\n"));
  const Deadlines brief{.connect = 50ms, .first_byte = 50ms, .total = 100ms};
  Client client;
  CHECK(client.fetch({.url = fine.url("/")}, {}));
  CHECK(client.fetch({.url = away.url("/")}, {}));
  CHECK_FALSE(client.fetch({.url = stalling.url("/"), .deadlines = brief}, {}));
  CHECK_FALSE(client.fetch({.url = mute.url("/"), .deadlines = brief}, {}));
  CHECK_FALSE(client.fetch({.url = "http://slow.test/", .deadlines = brief}, {}));
  CHECK_FALSE(client.fetch({.url = "http://127.0.0.1:" + std::to_string(closed_port()) + "/"}, {}));
  CHECK_FALSE(client.fetch({.url = stalling.url("/")}, {}, [](const Response&, Bytes) { return false; }));
}

} // namespace

TEST_CASE("no fetch leaves a descriptor or a thread behind") {
  install_fake_resolver();
  fetch_every_way(); // what GLib and the TLS modules open once per process
  const auto descriptors = open_descriptors();
  const auto threads = running_threads();
  for (int i = 0; i < 5; ++i)
    fetch_every_way();
  CHECK(open_descriptors() == descriptors);
  CHECK(running_threads() <= threads);
}
