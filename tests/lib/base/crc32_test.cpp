// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/crc32.hpp"

#include <doctest/doctest.h>

using namespace relevo;

TEST_CASE("crc32_mpeg2 gives the catalogued check value") {
  CHECK(crc32_mpeg2(as_bytes("123456789")) == 0x0376e6e7);
  CHECK(crc32_mpeg2({}) == 0xffffffff);
}

TEST_CASE("crc32_mpeg2 over a section with its CRC is zero") {
  // PAT: transport stream 1, programme 1 on PID 0x1000.
  constexpr unsigned char pat[] = {0x00, 0xb0, 0x0d, 0x00, 0x01, 0xc1, 0x00, 0x00,
                                   0x00, 0x01, 0xf0, 0x00, 0x2a, 0xb1, 0x04, 0xb2};
  CHECK(crc32_mpeg2(std::as_bytes(std::span{pat})) == 0);
}
