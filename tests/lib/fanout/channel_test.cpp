// SPDX-License-Identifier: LGPL-2.1-or-later
#include "fanout/channel.hpp"

#include "audience.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <filesystem>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <system_error>

using namespace relevo;
using namespace relevo::fanout;
using namespace relevo::fanout::test;
using namespace std::chrono_literals;

namespace {

std::vector<std::byte> prefix(std::string_view text) {
  const Bytes bytes = as_bytes(text);
  return {bytes.begin(), bytes.end()};
}

const Policy kAllThereIs{.burst_time = 1h};
const Policy kNewest{.burst_time = 0s};

bool sees(Player& player, std::size_t size) {
  return eventually([&] {
    player.take();
    return player.seen().size() >= size;
  });
}

bool sees_the_end(Player& player) {
  return eventually([&] {
    player.take();
    return player.ended();
  });
}

std::size_t entries_in(const char* folder) {
  const std::filesystem::directory_iterator entries(folder);
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

} // namespace

TEST_CASE("a viewer gets his prefix, the tables, and the stream from a random access picture on") {
  const std::string stream = television(6);
  for (const auto& make : {&local_connection, &tcp_connection}) {
    Departures departures;
    Channel channel({}, departures.on_gone());
    channel.write(as_bytes(std::string_view(stream).substr(0, stream.size() / 2)));
    Connection connection = make();
    Player player(std::move(connection.viewer));
    channel.add(std::move(connection.ours), kNewest, prefix("HTTP/1.1 200 OK\r\n\r\n"));
    REQUIRE(sees(player, 19 + 3 * ts::kPacketSize));
    channel.write(as_bytes(std::string_view(stream).substr(stream.size() / 2)));
    channel.end();
    REQUIRE(sees_the_end(player));
    CHECK(player.seen().starts_with("HTTP/1.1 200 OK\r\n\r\n"));
    const auto seen = std::string_view(player.seen()).substr(19);
    CHECK(violations_in(seen) == "");
    CHECK(stream.ends_with(seen.substr(2 * ts::kPacketSize)));
    CHECK(seen.size() < stream.size());
    CHECK(seen.size() > stream.size() / 2);
    REQUIRE(eventually([&] { return departures.all().size() == 1; }));
    CHECK(departures.all()[0].why == Leaving::Ended);
    CHECK(departures.all()[0].report.bytes == player.seen().size());
    CHECK(departures.all()[0].report.skips == 0);
  }
}

TEST_CASE("who joins gets his burst at once, while nothing else comes") {
  const std::string stream = television(6);
  Channel channel({}, [](const auto&, Leaving) {});
  channel.write(as_bytes(stream));
  Connection connection = tcp_connection();
  Player player(std::move(connection.viewer));
  channel.add(std::move(connection.ours), kAllThereIs, {});
  REQUIRE(sees(player, stream.size()));
  CHECK(player.seen() == stream);
}

TEST_CASE("who joins before the stream does waits for it with his prefix") {
  const std::string stream = television(2);
  Channel channel({}, [](const auto&, Leaving) {});
  Connection connection = tcp_connection();
  Player player(std::move(connection.viewer));
  channel.add(std::move(connection.ours), kAllThereIs, prefix("hello "));
  REQUIRE(sees(player, 6));
  // Bytes without a place to begin are not for him.
  channel.write(as_bytes(std::string_view(stream).substr(3 * ts::kPacketSize, 3 * ts::kPacketSize)));
  channel.write(as_bytes(stream));
  REQUIRE(sees(player, 6 + stream.size()));
  CHECK(player.seen() == "hello " + stream);
}

TEST_CASE("who waits for a stream to begin does not wait for the next tick") {
  const std::string stream = television(6);
  Channel busy({}, [](const auto&, Leaving) {});
  Connection beside = tcp_connection();
  Player neighbour(std::move(beside.viewer));
  busy.add(std::move(beside.ours), kAllThereIs, {});
  auto least = Clock::duration::max();
  for (int i = 0; i < 5; ++i) {
    Channel channel({}, [](const auto&, Leaving) {});
    Connection connection = local_connection();
    Player player(std::move(connection.viewer));
    channel.add(std::move(connection.ours), kAllThereIs, prefix("hello "));
    REQUIRE(sees(player, 6));
    busy.write(as_bytes(stream));
    REQUIRE(sees(neighbour, static_cast<std::size_t>(i + 1) * stream.size())); // a tick
    const auto written = Clock::now();
    channel.write(as_bytes(stream));
    REQUIRE(sees(player, 6 + stream.size()));
    least = std::min(least, Clock::now() - written);
  }
  CHECK(least < 25ms); // half a tick
}

TEST_CASE("any split of the stream, with nonsense in between, gives the viewers the same packets") {
  const std::string stream = television(6);
  std::string dirty = "nonsense" + stream.substr(0, stream.size() / 3 / ts::kPacketSize * ts::kPacketSize);
  const std::size_t clean = dirty.size() - 8;
  dirty += std::string(1000, 'x') + stream.substr(clean);
  for (const std::size_t size : {1UL, 100UL, 188UL, 1000UL, 65536UL, dirty.size()}) {
    CAPTURE(size);
    Channel channel({}, [](const auto&, Leaving) {});
    Connection connection = local_connection();
    Player player(std::move(connection.viewer));
    channel.add(std::move(connection.ours), kAllThereIs, {});
    for (std::size_t at = 0; at < dirty.size(); at += size)
      channel.write(as_bytes(std::string_view(dirty).substr(at, size)));
    channel.end();
    REQUIRE(sees_the_end(player));
    CHECK(player.seen() == stream);
  }
}

TEST_CASE("many viewers get the same, each from his own place on, by one thread for all channels") {
  const std::string stream = television(20, 3'000);
  const std::size_t threads = entries_in("/proc/self/task");
  {
    Departures departures;
    Channel channel({}, departures.on_gone());
    Channel other({}, departures.on_gone());
    CHECK(entries_in("/proc/self/task") == threads + 1);
    std::vector<Player> players;
    for (std::size_t at = 0; at < stream.size(); at += 20'000) {
      channel.write(as_bytes(std::string_view(stream).substr(at, 20'000)));
      other.write(as_bytes(std::string_view(stream).substr(at, 20'000)));
      Connection one = local_connection(), two = tcp_connection();
      players.emplace_back(std::move(one.viewer));
      players.emplace_back(std::move(two.viewer));
      channel.add(std::move(one.ours), kNewest, {});
      other.add(std::move(two.ours), kAllThereIs, {});
      for (Player& player : players)
        player.take();
    }
    CHECK(channel.viewers().size() == players.size() / 2);
    channel.end();
    other.end();
    for (Player& player : players) {
      REQUIRE(sees_the_end(player));
      CHECK(violations_in(player.seen()) == "");
      CHECK(stream.ends_with(std::string_view(player.seen()).substr(2 * ts::kPacketSize)));
    }
    CHECK(eventually([&] { return departures.all().size() == players.size(); }));
    CHECK(channel.viewers().empty());
  }
  CHECK(entries_in("/proc/self/task") == threads);
}

TEST_CASE("who hangs up is noticed while nothing is sent") {
  for (const auto& make : {&local_connection, &tcp_connection}) {
    Departures departures;
    Channel channel({}, departures.on_gone());
    Connection connection = make();
    Player player(std::move(connection.viewer));
    const ViewerId id = channel.add(std::move(connection.ours), {}, {});
    CHECK(channel.remove(id + 1) == false);
    CHECK(channel.viewers().size() == 1);
    player.hang_up();
    REQUIRE(eventually([&] { return departures.all().size() == 1; }));
    CHECK(departures.all()[0].why == Leaving::HungUp);
    CHECK(departures.all()[0].report.id == id);
    CHECK(channel.remove(id) == false);
  }
}

TEST_CASE("who hangs up in the midst of sending ends nothing but his own viewing") {
  const std::string stream = television(40, 3'000);
  Departures departures;
  Channel channel({}, departures.on_gone());
  Connection leaving = local_connection(), staying = local_connection();
  Player player(std::move(staying.viewer));
  channel.add(std::move(leaving.ours), {}, {});
  channel.add(std::move(staying.ours), {}, {});
  for (std::size_t at = 0; at < stream.size(); at += 20'000) {
    channel.write(as_bytes(std::string_view(stream).substr(at, 20'000)));
    if (at == 200'000) leaving.viewer.reset();
    player.take();
  }
  channel.end();
  REQUIRE(sees_the_end(player));
  CHECK(player.seen() == stream);
  REQUIRE(eventually([&] { return departures.all().size() == 2; }));
  CHECK(departures.all()[0].why == Leaving::HungUp);
}

TEST_CASE("who is removed is closed, once, and everybody else stays") {
  Departures departures;
  Channel channel({}, departures.on_gone());
  Connection one = local_connection(), two = local_connection();
  Player removed(std::move(one.viewer)), other(std::move(two.viewer));
  const ViewerId id = channel.add(std::move(one.ours), {}, {});
  channel.add(std::move(two.ours), {}, {});
  CHECK(channel.remove(id));
  REQUIRE(sees_the_end(removed));
  REQUIRE(eventually([&] { return departures.all().size() == 1; }));
  CHECK(departures.all()[0].why == Leaving::Removed);
  CHECK_FALSE(channel.remove(id));
  other.take();
  CHECK_FALSE(other.ended());
  CHECK(channel.viewers().size() == 1);
}

TEST_CASE("a channel that goes takes its viewers along, after what they can still have") {
  const std::string stream = television(4);
  const std::size_t descriptors = entries_in("/proc/self/fd");
  {
    Departures departures;
    Connection one = local_connection(), two = tcp_connection();
    Player first(std::move(one.viewer)), second(std::move(two.viewer));
    {
      Channel channel({}, departures.on_gone());
      channel.write(as_bytes(stream));
      channel.add(std::move(one.ours), kAllThereIs, {});
      channel.add(std::move(two.ours), kAllThereIs, {});
    }
    REQUIRE(departures.all().size() == 2);
    for (const auto& departure : departures.all())
      CHECK(departure.why == Leaving::Stopped);
    for (Player* player : {&first, &second}) {
      REQUIRE(sees_the_end(*player));
      CHECK(player->seen() == stream);
    }
  }
  CHECK(entries_in("/proc/self/fd") == descriptors);
}

TEST_CASE("what is no connected stream is refused, and closed") {
  Channel channel({}, [](const auto&, Leaving) { FAIL("nobody was added"); });
  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  const gx::Descriptor reading(ends[0]);
  const gx::Descriptor datagrams(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const int copy = ::fcntl(datagrams.get(), F_DUPFD_CLOEXEC, 0);
  for (const int fd : {ends[1], copy}) {
    CHECK_THROWS_AS(channel.add(gx::Descriptor(fd), {}, {}), std::system_error);
    CHECK(::fcntl(fd, F_GETFD) == -1);
  }
  CHECK_THROWS_AS(channel.add(gx::Descriptor(), {}, {}), std::system_error);
  CHECK(channel.viewers().empty());
}

TEST_CASE("the kernel holds little for a viewer") {
  Channel channel({}, [](const auto&, Leaving) {});
  Connection connection = tcp_connection();
  const gx::Descriptor copy(::fcntl(connection.ours.get(), F_DUPFD_CLOEXEC, 0));
  channel.add(std::move(connection.ours), {}, {});
  const auto option = [&](int level, int name) {
    int value = 0;
    socklen_t size = sizeof value;
    CHECK(::getsockopt(copy.get(), level, name, &value, &size) == 0);
    return value;
  };
  CHECK(option(SOL_SOCKET, SO_SNDBUF) <= 1024 * 1024);
  CHECK(option(IPPROTO_TCP, TCP_NOTSENT_LOWAT) == 128 * 1024);
  CHECK((::fcntl(copy.get(), F_GETFL) & O_NONBLOCK) != 0);
}

TEST_CASE("who hears that a viewer has gone may add another") {
  const std::string stream = television(2);
  Connection first = local_connection(), second = local_connection();
  Player player(std::move(second.viewer));
  Channel* added_to = nullptr;
  Channel channel({}, [&](const ViewerReport&, Leaving why) {
    if (why == Leaving::HungUp) added_to->add(std::move(second.ours), kAllThereIs, {});
  });
  added_to = &channel;
  channel.write(as_bytes(stream));
  channel.add(std::move(first.ours), {}, {});
  first.viewer.reset();
  REQUIRE(sees(player, stream.size()));
  CHECK(player.seen() == stream);
}

TEST_CASE("channels come and go, with viewers in all states") {
  const std::string stream = television(2);
  for (int round = 0; round < 50; ++round) {
    Departures departures;
    std::vector<Player> players;
    {
      Channel channel({}, departures.on_gone());
      for (int i = 0; i < round % 5; ++i) {
        Connection connection = i % 2 == 0 ? local_connection() : tcp_connection();
        players.emplace_back(std::move(connection.viewer));
        const ViewerId id = channel.add(std::move(connection.ours), {}, {});
        if (i == 1) players.back().hang_up();
        if (i == 2) channel.remove(id);
        if (i == 3) channel.write(as_bytes(stream));
      }
      if (round % 7 == 0) channel.end();
    }
    CHECK(departures.all().size() == players.size());
  }
}
