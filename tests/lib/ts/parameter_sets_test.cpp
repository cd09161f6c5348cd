// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/parameter_sets.hpp"

#include "hex.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace relevo;
using namespace relevo::ts;
using relevo::test::from_hex;

namespace {

using Put = ParameterSets::Put;

bool holds(const ParameterSets& sets, const char* hex) {
  return std::ranges::equal(sets.bytes(), from_hex(hex));
}

} // namespace

TEST_CASE("sets lie in the order of their kinds, newest in place of the old") {
  ParameterSets sets;
  sets.begin_unit();
  CHECK(sets.put(2, 0, from_hex("68 01")) == Put::Changed);
  CHECK(sets.put(1, 0, from_hex("67 01 02")) == Put::Changed);
  CHECK(sets.put(2, 1, from_hex("68 02")) == Put::Changed);
  CHECK(holds(sets, "00000001 670102 00000001 6801 00000001 6802"));
  CHECK(sets.put(2, 0, from_hex("68 01")) == Put::Unchanged);
  CHECK(sets.put(1, 0, from_hex("67 09")) == Put::Changed);
  CHECK(holds(sets, "00000001 6709 00000001 6801 00000001 6802"));
  CHECK(sets.put(2, 0, from_hex("68 03 04 05")) == Put::Changed);
  CHECK(holds(sets, "00000001 6709 00000001 6802 00000001 68030405"));
}

TEST_CASE("a set belongs to the access unit that brought it") {
  ParameterSets sets;
  sets.put(1, 0, from_hex("67"));
  CHECK(sets.in_unit(1, 0));
  sets.begin_unit();
  CHECK(sets.has(1, 0));
  CHECK_FALSE(sets.in_unit(1, 0));
  CHECK_FALSE(sets.has(1, 1));
  sets.put(2, 0, from_hex("68"));
  sets.drop_stale(2, 0);
  CHECK(sets.has(2, 0));
  sets.drop_stale(1, 0);
  CHECK_FALSE(sets.has(1, 0));
  sets.drop_stale(1, 7);
  CHECK(holds(sets, "00000001 68"));
}

TEST_CASE("a full store gives up the sets of earlier access units, never those of this one") {
  ParameterSets sets;
  const std::vector<std::byte> big(1300, std::byte{0x68});
  for (std::uint8_t id = 0; id < 3; ++id)
    CHECK(sets.put(2, id, big) == Put::Changed);
  CHECK(sets.put(2, 3, big) == Put::NoRoom);
  CHECK(sets.has(2, 0));
  sets.begin_unit();
  CHECK(sets.put(2, 2, big) == Put::Unchanged);
  CHECK(sets.put(2, 3, big) == Put::Changed);
  CHECK_FALSE(sets.has(2, 0));
  CHECK_FALSE(sets.has(2, 1));
  CHECK(sets.has(2, 2));
  CHECK(sets.bytes().size() == 2 * 1304);

  ParameterSets many;
  for (std::size_t id = 0; id < ParameterSets::kMaxSets; ++id) {
    CHECK(many.put(2, static_cast<std::uint8_t>(id), from_hex("68")) == Put::Changed);
  }
  CHECK(many.put(2, 200, from_hex("68")) == Put::NoRoom);
  const std::vector<std::byte> huge(ParameterSets::kCapacity, std::byte{0x67});
  CHECK(many.put(1, 0, huge) == Put::NoRoom);
}
