// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hdhr/device_id.hpp"

#include <doctest/doctest.h>
#include <set>

using namespace relevo::hdhr;

TEST_CASE("the last digit of an id is the checksum of the others") {
  for (const std::uint32_t id : {0x10500009U, 0x10abcde1U, 0x12345674U, 0x1080a0b9U, 0x131a2b3bU}) {
    CAPTURE(id);
    CHECK(is_valid({id}));
    for (unsigned digit = 0; digit < 8; ++digit)
      CHECK_FALSE(is_valid({id ^ 1U << digit * 4}));
  }
}

TEST_CASE("ids of devices without a lineup are known") {
  struct {
    std::uint32_t id;
    bool legacy;
  } const cases[] = {
      {0x10000000, true},  {0x1003ffff, true},  {0x10040000, false}, {0x10100000, true},  {0x10212345, true},
      {0x103fffff, true},  {0x10400000, false}, {0x10500009, false}, {0x11100000, true},  {0x12000000, true},
      {0x12030000, false}, {0x12100000, true},  {0x12200000, true},  {0x131a2b3b, false},
  };
  for (const auto& c : cases) {
    CAPTURE(c.id);
    CHECK(is_legacy({c.id}) == c.legacy);
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
