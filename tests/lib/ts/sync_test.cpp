// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/sync.hpp"

#include <doctest/doctest.h>
#include <random>
#include <vector>

using namespace relevo;
using namespace relevo::ts;

namespace {

std::vector<std::byte> stream(std::size_t packets, std::size_t stride = kPacketSize) {
  std::vector<std::byte> bytes(packets * stride, std::byte{0x11});
  const std::size_t lead = stride == 192 ? 4 : 0;
  for (std::size_t i = 0; i < packets; ++i) {
    std::byte* const p = bytes.data() + i * stride + lead;
    p[0] = kSyncByte;
    store_be16(p + 1, static_cast<unsigned>(i) & 0x1fff);
  }
  return bytes;
}

struct Seen {
  std::vector<Pid> pids;
  std::uint64_t skipped = 0, losses = 0;
  bool operator==(const Seen&) const = default;
};

template <class NextSize>
Seen run(std::vector<std::byte> bytes, NextSize next_size) {
  PacketSync sync;
  Seen seen;
  const auto on_packet = [&](const std::byte* packet) { seen.pids.push_back(PacketView{packet}.pid()); };
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t size = std::min(next_size(), bytes.size() - at);
    sync.push(MutableBytes{bytes}.subspan(at, size), on_packet);
    at += size;
  }
  sync.finish(on_packet);
  seen.skipped = sync.skipped_bytes();
  seen.losses = sync.losses();
  return seen;
}

Seen run_whole(const std::vector<std::byte>& bytes) {
  return run(bytes, [&] { return bytes.size(); });
}

std::vector<Pid> upto(std::size_t n) {
  std::vector<Pid> pids(n);
  for (std::size_t i = 0; i < n; ++i)
    pids[i] = static_cast<Pid>(i);
  return pids;
}

} // namespace

TEST_CASE("packets of 188, 192 and 204 bytes are found") {
  for (const std::size_t stride : {188U, 192U, 204U}) {
    CAPTURE(stride);
    const Seen seen = run_whole(stream(20, stride));
    CHECK(seen.pids == upto(20));
    CHECK(seen.skipped == (stride == 192 ? 4U : 0U));
    CHECK(seen.losses == 0);
  }
}

TEST_CASE("garbage in front is skipped and counted") {
  std::mt19937 random{3};
  std::vector<std::byte> bytes(1000);
  for (std::byte& b : bytes)
    b = static_cast<std::byte>(random()); // holds some 0x47
  const auto good = stream(10);
  bytes.insert(bytes.end(), good.begin(), good.end());
  const Seen seen = run_whole(bytes);
  CHECK(seen.pids == upto(10));
  CHECK(seen.skipped == 1000);
}

TEST_CASE("sync is found again after bytes were lost, at the cost of one packet") {
  auto bytes = stream(40);
  bytes.erase(bytes.begin() + 10 * 188 + 50, bytes.begin() + 10 * 188 + 57);
  const Seen seen = run_whole(bytes);
  CHECK(seen.losses == 1);
  CHECK(seen.pids.size() == 39);
  CHECK(seen.pids.back() == 39);
}

TEST_CASE("fewer packets than a proof of sync needs are handed out at the end") {
  CHECK(run_whole(stream(2)).pids == upto(2));
  CHECK(run_whole({}).pids.empty());
}

TEST_CASE("what is no transport stream is noticed") {
  PacketSync sync;
  std::vector<std::byte> html(PacketSync::kGiveUpBytes + 1000, std::byte{'<'});
  sync.push(html, [](const std::byte*) { FAIL("no packet expected"); });
  CHECK(sync.bytes_since_packet() >= PacketSync::kGiveUpBytes);
  CHECK_FALSE(sync.locked());
}

TEST_CASE("packets inside a block are handed out in place") {
  auto bytes = stream(50);
  PacketSync sync;
  std::size_t inside = 0;
  sync.push(bytes, [&](std::byte* packet) {
    inside += packet >= bytes.data() && packet < bytes.data() + bytes.size();
    MutablePacket{packet}.set_pid(5);
  });
  CHECK(inside == 50);
  CHECK(PacketView{bytes.data() + 49 * 188}.pid() == 5);
}

TEST_CASE("any split of the same bytes gives the same packets") {
  std::mt19937 random{7};
  for (int round = 0; round < 60; ++round) {
    auto bytes = stream(30, round % 3 == 0 ? 188 : round % 3 == 1 ? 192 : 204);
    for (int fault = 0; fault < round % 4; ++fault) {
      const auto at = static_cast<std::ptrdiff_t>(random() % (bytes.size() - 300));
      if (fault % 2 == 0)
        bytes.erase(bytes.begin() + at, bytes.begin() + at + 1 + random() % 250);
      else
        bytes[static_cast<std::size_t>(at)] = std::byte{0x47};
    }
    const Seen whole = run_whole(bytes);
    CAPTURE(round);
    CHECK(run(bytes, [] { return std::size_t{1}; }) == whole);
    CHECK(run(bytes, [&] { return std::size_t{1 + random() % 700}; }) == whole);
    CHECK(run(bytes, [&] { return std::size_t{1 + random() % 5000}; }) == whole);
  }
}
