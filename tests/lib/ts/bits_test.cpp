// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/bits.hpp"

#include "hex.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ts;
using relevo::test::from_hex;

TEST_CASE("bit fields run over byte borders") {
  const auto bytes = from_hex("a5 f0 12 34 56 78 9a");
  BitReader in{bytes};
  CHECK(in.u(1) == 1);
  CHECK(in.u(3) == 2);
  CHECK(in.u(8) == 0x5f);
  CHECK(in.u(32) == 0x01234567);
  CHECK(in.u(12) == 0x89a);
  CHECK(in.ok());
}

TEST_CASE("Exp-Golomb codes") {
  // 1 | 010 | 011 | 00100 | 00101 | 0001000 | padding
  const auto bytes = from_hex("a6 42 84 40");
  SUBCASE("unsigned") {
    BitReader in{bytes};
    CHECK(in.ue() == 0);
    CHECK(in.ue() == 1);
    CHECK(in.ue() == 2);
    CHECK(in.ue() == 3);
    CHECK(in.ue() == 4);
  }
  SUBCASE("signed") {
    BitReader in{bytes};
    CHECK(in.se() == 0);
    CHECK(in.se() == 1);
    CHECK(in.se() == -1);
    CHECK(in.se() == 2);
    CHECK(in.se() == -2);
  }
  SUBCASE("the largest, and one that is too long") {
    const auto largest = from_hex("00 00 00 01 ff ff ff fe");
    BitReader in{largest};
    CHECK(in.ue() == 0xfffffffe);
    CHECK(in.ok());
    const auto longer = from_hex("00 00 00 00 ff ff ff ff ff");
    BitReader over{longer};
    CHECK(over.ue() == 0);
    CHECK_FALSE(over.ok());
  }
}

TEST_CASE("a read past the end fails for good") {
  const auto bytes = from_hex("ff ff");
  BitReader in{bytes};
  CHECK(in.u(12) == 0xfff);
  CHECK(in.u(5) == 0);
  CHECK_FALSE(in.ok());
  CHECK(in.u(1) == 0);

  BitReader skipped{bytes};
  skipped.skip(16);
  CHECK(skipped.ok());
  skipped.skip(1);
  CHECK_FALSE(skipped.ok());

  BitReader empty{Bytes{}};
  CHECK(empty.ue() == 0);
  CHECK_FALSE(empty.ok());
}

TEST_CASE("emulation prevention is removed where asked") {
  const auto bytes = from_hex("00 00 03 01 00 00 03 00 00 03 03");
  BitReader in{bytes, Emulation::Remove};
  CHECK(in.u(24) == 0x000001);
  CHECK(in.u(32) == 0x00000000);
  CHECK(in.u(8) == 0x03); // of 00 00 03 03 only the first 03 goes
  CHECK(in.ok());
  CHECK(in.u(1) == 0);
  CHECK_FALSE(in.ok());

  BitReader raw{bytes};
  CHECK(raw.u(24) == 0x000003);
}
