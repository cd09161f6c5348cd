// SPDX-License-Identifier: LGPL-2.1-or-later
#include "fanout/ring.hpp"

#include "audience.hpp"

#include <algorithm>
#include <cerrno>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace relevo;
using namespace relevo::fanout;
using namespace relevo::fanout::test;
using namespace std::chrono_literals;

namespace {

const Time kStart{100h};
constexpr std::size_t kBlock = 1000 * ts::kPacketSize;

/// Bytes that say where in the stream they are.
std::string block_at(std::uint64_t offset, std::size_t size = kBlock) {
  std::string block(size, '\0');
  for (std::size_t i = 0; i < size; ++i)
    block[i] = static_cast<char>(((offset + i) * 0x9e3779b97f4a7c15U) >> 56);
  return block;
}

ts::JoinPoint point_at(std::uint64_t offset) {
  return {offset, std::make_shared<const std::vector<std::byte>>(2 * ts::kPacketSize)};
}

/// A block a second, each a point.
void fill(Ring& ring, int blocks, int from = 0) {
  for (int i = from; i < from + blocks; ++i) {
    const auto offset = static_cast<std::uint64_t>(i) * kBlock;
    ring.append(as_bytes(block_at(offset)), kStart + i * 1s);
    ring.add_point(point_at(offset), kStart + i * 1s);
  }
}

std::string bytes_of(const Ring& ring, std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '?');
  CHECK(::pread(ring.file(), bytes.data(), size, static_cast<off_t>(offset)) == static_cast<ssize_t>(size));
  return bytes;
}

} // namespace

TEST_CASE("what is appended is there, at its place in the stream") {
  Ring ring({.time = 10s, .bytes = 1 << 30});
  CHECK(ring.extent().end == 0);
  fill(ring, 5);
  CHECK(ring.extent().begin == 0);
  CHECK(ring.extent().end == 5 * kBlock);
  CHECK_FALSE(ring.extent().ended);
  CHECK(bytes_of(ring, 2 * kBlock + 7, 1000) == block_at(2 * kBlock + 7, 1000));
  ring.end();
  CHECK(ring.extent().ended);
}

TEST_CASE("the window is bounded by time and by bytes, and so is the memory") {
  struct Row {
    WindowSettings window;
    std::uint64_t kept;
  };
  for (const Row& row : {Row{{.time = 10s, .bytes = 1 << 30}, 11 * kBlock},
                         Row{{.time = 1h, .bytes = 4 * kBlock}, 4 * kBlock}}) {
    Ring ring(row.window);
    for (int i = 0; i < 200; ++i) {
      fill(ring, 1, i);
      ring.trim(kStart + i * 1s);
    }
    const auto [begin, end, ended] = ring.extent();
    CHECK(end == 200 * kBlock);
    CHECK(end - begin >= row.kept);
    CHECK(end - begin < row.kept + Ring::kStep);
    CHECK(bytes_of(ring, begin, end - begin) == block_at(begin, end - begin));
    struct stat file {};
    REQUIRE(::fstat(ring.file(), &file) == 0);
    CHECK(static_cast<std::uint64_t>(file.st_blocks) * 512 <= row.kept + 2 * Ring::kStep);
    // Nobody joins where nothing is, and the age of what has gone is not less than that of what is there.
    CHECK(ring.join(1h, 0, kStart + 200s)->offset >= begin);
    CHECK(ring.age(0, kStart + 200s) >= ring.age(begin, kStart + 200s));
  }
}

TEST_CASE("one joins at the newest point that has enough behind it, or else at the oldest") {
  Ring ring({.time = 1h, .bytes = 1 << 30});
  CHECK_FALSE(ring.join(0s, 0, kStart));
  fill(ring, 10); // at 0 s to 9 s
  const Time now = kStart + 9s + 500ms;
  struct Row {
    Duration old;
    std::uint64_t bytes;
    std::uint64_t block;
  };
  for (const Row& row : {Row{0s, 0, 9},
                         {500ms, 0, 9},
                         {501ms, 0, 8},
                         {3s, 0, 6},
                         {1h, 0, 0},
                         {0s, kBlock, 9},
                         {0s, kBlock + 1, 8},
                         {0s, 4 * kBlock, 6},
                         {3s, 5 * kBlock, 5},
                         {7s, kBlock, 2},
                         {0s, 1 << 30, 0}}) {
    CAPTURE(row.old.count());
    CAPTURE(row.bytes);
    const auto point = ring.join(row.old, row.bytes, now);
    REQUIRE(point);
    CHECK(point->offset == row.block * kBlock);
  }
}

TEST_CASE("who jumps gets the newest point, and never goes back") {
  Ring ring({.time = 1h, .bytes = 1 << 30});
  CHECK_FALSE(ring.newest_behind(0));
  fill(ring, 10);
  CHECK(ring.newest_behind(0)->offset == 9 * kBlock);
  CHECK(ring.newest_behind(9 * kBlock - 1)->offset == 9 * kBlock);
  CHECK_FALSE(ring.newest_behind(9 * kBlock));
}

TEST_CASE("the age of a byte is the time since it came") {
  Ring ring({.time = 1h, .bytes = 1 << 30});
  CHECK(ring.age(0, kStart) == 0s);
  fill(ring, 10);
  CHECK(ring.age(0, kStart + 9s) == 9s);
  CHECK(ring.age(kBlock - 1, kStart + 9s) == 9s);
  CHECK(ring.age(8 * kBlock + 5, kStart + 9s) == 1s);
  CHECK(ring.age(10 * kBlock, kStart + 20s) == 0s);
}

TEST_CASE("bytes that wait in a stalled socket stay as they are, whatever becomes of the ring") {
  for (const auto& make : {&local_connection, &tcp_connection}) {
    Ring ring({.time = 0s, .bytes = 2 * kBlock});
    fill(ring, 10);
    Connection connection = make();
    // As much as it takes, and the viewer takes nothing.
    REQUIRE(::fcntl(connection.ours.get(), F_SETFL, O_NONBLOCK) == 0);
    off_t at = 0;
    while (::sendfile(connection.ours.get(), ring.file(), &at, 10 * kBlock - static_cast<std::size_t>(at)) >
           0) {
    }
    const auto sent = static_cast<std::size_t>(at);
    REQUIRE(sent > 64 * 1024);
    // The window goes on until none of these bytes is in it, with others in their stead.
    for (int i = 10; i < 400; ++i) {
      ring.append(as_bytes(std::string(kBlock, '!')), kStart + i * 1s);
      ring.trim(kStart + i * 1s);
    }
    CHECK(ring.extent().begin > sent);
    CHECK(bytes_of(ring, 0, 10) == std::string(10, '\0'));
    Player player(std::move(connection.viewer));
    CHECK(eventually([&] {
      player.take();
      return player.seen().size() >= sent;
    }));
    CHECK(player.seen() == block_at(0, sent));
  }
}
