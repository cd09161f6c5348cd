// SPDX-License-Identifier: LGPL-2.1-or-later
// Viewers who take less than comes.
#include "audience.hpp"

#include <doctest/doctest.h>
#include <thread>

using namespace relevo;
using namespace relevo::fanout;
using namespace relevo::fanout::test;
using namespace std::chrono_literals;

namespace {

/// Where in `stream` the pieces come from that `seen` consists of, each with the tables of a place to begin
/// in front. The test fails where it is anything else.
struct Pieces {
  std::size_t count = 0;
  std::size_t skipped = 0; // bytes of the stream between them
};

Pieces pieces_of(std::string_view seen, std::string_view stream) {
  Pieces pieces;
  std::size_t at = 0; // in the stream, where the last piece ended
  while (!seen.empty()) {
    const auto tables = seen.substr(0, 2 * ts::kPacketSize);
    REQUIRE(ts::PacketView(as_bytes(tables).data()).pid() == ts::kPatPid);
    seen.remove_prefix(tables.size());
    const auto begin = stream.find(seen.substr(0, ts::kPacketSize), at);
    REQUIRE(begin != std::string_view::npos);
    REQUIRE(stream.substr(begin - tables.size(), tables.size()) == tables);
    REQUIRE(ts::PacketView(as_bytes(stream).data() + begin).random_access());
    if (pieces.count++ > 0) pieces.skipped += begin - at;
    std::size_t same = 0;
    while (same < seen.size() &&
           seen.substr(same, ts::kPacketSize) == stream.substr(begin + same, ts::kPacketSize))
      same += ts::kPacketSize;
    REQUIRE(same > 0);
    at = begin + same;
    seen.remove_prefix(std::min(same, seen.size()));
  }
  return pieces;
}

/// 10 MB whose packets are all different: the sound would repeat itself.
const std::string& long_stream() {
  static const std::string stream = [] {
    std::string made = television(80, 10'000);
    for (std::size_t at = 0; at < made.size(); at += ts::kPacketSize)
      if (ts::PacketView(as_bytes(made).data() + at).pid() == relevo::test::kVideoPid)
        made.replace(at + ts::kPacketSize - 9, 9, std::to_string(100'000'000 + at));
    return made;
  }();
  return stream;
}

ViewerReport report_of(Channel& channel, ViewerId id) {
  for (const ViewerReport& report : channel.viewers())
    if (report.id == id) return report;
  FAIL("no such viewer");
  return {};
}

} // namespace

TEST_CASE("who takes nothing slows nobody, and comes back at a picture with its tables") {
  const std::string& stream = long_stream();
  for (const auto& make : {&local_connection, &tcp_connection}) {
    // The window is shorter than what the slow one misses.
    Departures departures;
    Channel channel({.time = 1h, .bytes = 2 << 20}, departures.on_gone());
    Connection one = make(), two = make();
    Player slow(std::move(one.viewer)), quick(std::move(two.viewer));
    const ViewerId id = channel.add(std::move(one.ours), {.patience = 0s}, {});
    channel.add(std::move(two.ours), {}, {});
    std::size_t written = 0;
    const auto write_until = [&](std::size_t end) {
      for (; written < end; written += 200'000) {
        channel.write(as_bytes(std::string_view(stream).substr(written, 200'000)));
        REQUIRE(eventually([&] {
          quick.take();
          return quick.seen().size() + 2 * ts::kPacketSize >= std::min(written + 200'000, stream.size());
        }));
      }
    };
    write_until(stream.size() / 2);
    const ViewerReport stalled = report_of(channel, id);
    CHECK(stalled.skips == 0);
    CHECK(stalled.lag_bytes > (2 << 20));
    // He takes some, so that he jumps, and stalls again in the midst of a packet.
    REQUIRE(eventually([&] {
      slow.take(1'001);
      return report_of(channel, id).skips == 1;
    }));
    write_until(stream.size());
    channel.end();
    REQUIRE(eventually([&] {
      slow.take();
      quick.take();
      return slow.ended() && quick.ended();
    }));
    CHECK(quick.seen() == stream);
    const Pieces pieces = pieces_of(slow.seen(), stream);
    REQUIRE(eventually([&] { return departures.all().size() == 2; }));
    const auto all = departures.all();
    const auto& left = *std::ranges::find(all, id, [](const auto& departure) { return departure.report.id; });
    CHECK(left.why == Leaving::Ended);
    CHECK(left.report.skips == pieces.count - 1);
    CHECK(left.report.skips >= 2);
    CHECK(left.report.skipped_bytes == pieces.skipped);
    CHECK(left.report.bytes == slow.seen().size());
    CHECK(stream.ends_with(std::string_view(slow.seen()).substr(slow.seen().size() - ts::kPacketSize)));
  }
}

TEST_CASE(
    "who is farther behind than he may be jumps to the newest picture, though the window has the rest") {
  const std::string& stream = long_stream();
  Channel channel({.time = 1h, .bytes = 1 << 30}, [](const auto&, Leaving) {});
  Connection one = local_connection(), two = local_connection();
  Player patient(std::move(one.viewer)), hasty(std::move(two.viewer));
  const ViewerId id_patient = channel.add(std::move(one.ours), {.most_lag = 1h}, {});
  const ViewerId id_hasty = channel.add(std::move(two.ours), {.most_lag = 100ms}, {});
  channel.write(as_bytes(stream));
  REQUIRE(eventually([&] { return report_of(channel, id_hasty).lag > 200ms; }));
  REQUIRE(eventually([&] {
    patient.take();
    hasty.take();
    return report_of(channel, id_hasty).lag_bytes == 0 && report_of(channel, id_patient).lag_bytes == 0;
  }));
  patient.take();
  hasty.take();
  CHECK(report_of(channel, id_patient).skips == 0);
  CHECK(patient.seen() == stream);
  CHECK(report_of(channel, id_hasty).skips == 1);
  CHECK(report_of(channel, id_hasty).skipped_bytes == pieces_of(hasty.seen(), stream).skipped);
}

TEST_CASE("who takes nothing for too long goes; who takes a little stays") {
  const std::string& stream = long_stream();
  Departures departures;
  Channel channel({}, departures.on_gone());
  Connection one = local_connection(), two = local_connection();
  Player asleep(std::move(one.viewer)), drowsy(std::move(two.viewer));
  const ViewerId id = channel.add(std::move(one.ours), {.patience = 1s}, {});
  channel.add(std::move(two.ours), {.patience = 1h}, {});
  channel.write(as_bytes(stream));
  REQUIRE(eventually([&] { return departures.all().size() == 1; }));
  CHECK(departures.all()[0].report.id == id);
  CHECK(departures.all()[0].why == Leaving::Stalled);
  CHECK(channel.viewers().size() == 1);
}

TEST_CASE("the writer waits for nobody") {
  const std::string& stream = long_stream();
  Channel channel({.time = 1h, .bytes = 4 << 20}, [](const auto&, Leaving) {});
  std::vector<Player> players; // none of them takes anything
  for (int i = 0; i < 20; ++i) {
    Connection connection = local_connection();
    players.emplace_back(std::move(connection.viewer));
    channel.add(std::move(connection.ours), {}, {});
  }
  for (int round = 0; round < 5; ++round)
    channel.write(as_bytes(stream)); // returns, or the test times out
  CHECK(channel.extent().end == 5 * stream.size());
  CHECK(channel.viewers().size() == players.size());
  CHECK(eventually([&] { return channel.extent().end - channel.extent().begin <= (4 << 20) + Ring::kStep; }));
}
