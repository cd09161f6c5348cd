// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hdhr/device_id.hpp"

#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <set>

using namespace relevo::hdhr;

namespace {

/// Of devices that had no lineup.
bool is_legacy(DeviceId id) noexcept {
  constexpr std::array<std::uint32_t, 6> kWhole{0x101, 0x102, 0x103, 0x111, 0x121, 0x122};
  const auto prefix = id.value >> 20;
  if (prefix == 0x100) return id.value < 0x10040000;
  if (prefix == 0x120) return id.value < 0x12030000;
  return std::ranges::find(kWhole, prefix) != kWhole.end();
}

} // namespace

TEST_CASE("the last digit of an id is the checksum of the others") {
  for (const std::uint32_t id : {0x10500009U, 0x10abcde1U, 0x12345674U, 0x1080a0b9U, 0x131a2b3bU}) {
    CAPTURE(id);
    CHECK(is_valid({id}));
    for (unsigned digit = 0; digit < 8; ++digit)
      CHECK_FALSE(is_valid({id ^ 1U << digit * 4}));
  }
}

TEST_CASE("ids that are made are valid, not legacy, and differ") {
  std::set<DeviceId> ids;
  std::uint64_t seed = 1;
  for (int i = 0; i < 200; ++i) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    const auto id = make_device_id(seed);
    CHECK(is_valid(id));
    CHECK_FALSE(is_legacy(id));
    CHECK(id == make_device_id(seed));
    ids.insert(id);
  }
  CHECK(ids.size() == 200);
}

TEST_CASE("ids are written as eight digits") {
  CHECK(write({0x10abcde1}) == "10ABCDE1");
  CHECK(write({0x0000000f}) == "0000000F");
}
