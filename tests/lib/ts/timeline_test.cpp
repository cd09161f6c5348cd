// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/timeline.hpp"

#include <algorithm>
#include <array>
#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ts;

TEST_CASE("a time stamp survives store and load, wrapped to 33 bits, and keeps its prefix") {
  for (const Ticks value : {Ticks{0}, Ticks{1}, Ticks{0x7fff}, Ticks{0x8000}, Ticks{0x1'2345'6789},
                            kTicksModulus - 1, kTicksModulus, kTicksModulus + 5, Ticks{-1}}) {
    CAPTURE(value);
    std::array<std::byte, 5> field{std::byte{0x31}};
    store_timestamp(field.data(), value);
    CHECK(load_timestamp(field.data()) == wrap(value, kTicksModulus));
    CHECK((load_u8(field.data()) & 0xf0) == 0x30);
    CHECK((load_u8(&field[0]) & load_u8(&field[2]) & load_u8(&field[4]) & 1) == 1); // marker bits
  }
}

TEST_CASE("a PCR survives store and load, wrapped to its 42 bits") {
  for (const Pcr value :
       {Pcr{0}, Pcr{299}, Pcr{300}, Pcr{123'456'789'012}, kPcrModulus - 1, kPcrModulus + 7, Pcr{-1}}) {
    CAPTURE(value);
    std::array<std::byte, 6> field{};
    store_pcr(field.data(), value);
    CHECK(load_pcr(field.data()) == wrap(value, kPcrModulus));
    CHECK((load_u8(&field[4]) & 0x7e) == 0x7e); // reserved bits
  }
}

TEST_CASE("differences take the shorter way round") {
  CHECK(wrapped_difference(5, kTicksModulus - 5, kTicksModulus) == 10);
  CHECK(wrapped_difference(kTicksModulus - 5, 5, kTicksModulus) == -10);
  CHECK(wrapped_difference(1000, 1000, kTicksModulus) == 0);
}

TEST_CASE("an unwrapper goes on over the wrap and back") {
  Unwrapper clock{kTicksModulus};
  CHECK(clock.unwrap(kTicksModulus - 100) == kTicksModulus - 100);
  CHECK(clock.peek(50) == kTicksModulus + 50);
  CHECK(clock.unwrap(50) == kTicksModulus + 50);
  CHECK(clock.unwrap(kTicksModulus - 50) == kTicksModulus - 50);
}

TEST_CASE("an unwrapper stays far from an overflow, whatever it is given") {
  for (const std::int64_t modulus : {kTicksModulus, kPcrModulus})
    for (const std::int64_t step : {modulus / 2 - 1, -(modulus / 2 - 1)}) {
      CAPTURE(modulus);
      CAPTURE(step);
      Unwrapper clock{modulus};
      std::int64_t raw = 0, farthest = 0;
      bool same = true;
      for (int i = 0; i < 200'000; ++i, raw = wrap(raw + step, modulus)) {
        const std::int64_t value = clock.unwrap(raw);
        farthest = std::max({farthest, value, -value});
        same &= wrap(value, modulus) == raw;
      }
      CHECK(same);
      CHECK(farthest > 1000 * modulus);
      CHECK(farthest <= Unwrapper::kFarthest * modulus);
    }
}
