// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/pes.hpp"

#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <vector>

using namespace relevo;
using namespace relevo::ts;

namespace {

std::vector<std::byte> bytes_of(std::initializer_list<unsigned> values) {
  std::vector<std::byte> bytes;
  for (const unsigned v : values)
    bytes.push_back(static_cast<std::byte>(v));
  return bytes;
}

// Video, unbounded, PTS 900000 and DTS 896400.
const auto kVideo = bytes_of({0,    0,    1,    0xe0, 0,    0,    0x80, 0xc0, 10, 0x31, 0x00, 0x37,
                              0x77, 0x41, 0x11, 0x00, 0x37, 0x5b, 0x21, 0,    0,  0,    1});

} // namespace

TEST_CASE("a header with both stamps is read") {
  PesHeader header;
  REQUIRE(parse_pes_header(kVideo, header) == PesParse::Ok);
  CHECK(header.stream_id == 0xe0);
  CHECK(header.size == 19);
  CHECK(header.packet_size == 0);
  CHECK(header.pts == 900'000);
  CHECK(header.dts == 896'400);
}

TEST_CASE("every shorter piece of a header asks for more") {
  PesHeader header;
  for (std::size_t size = 0; size < 19; ++size) {
    CAPTURE(size);
    CHECK(parse_pes_header(Bytes{kVideo}.first(size), header) == PesParse::NeedMore);
  }
}

TEST_CASE("stamps are moved in place, and nothing else changes") {
  auto bytes = kVideo;
  PesHeader header;
  REQUIRE(parse_pes_header(bytes, header) == PesParse::Ok);
  rewrite_pes_header(bytes, header, kTicksModulus + 3600, 7, 0);
  PesHeader moved;
  REQUIRE(parse_pes_header(bytes, moved) == PesParse::Ok);
  CHECK(moved.pts == 3600);
  CHECK(moved.dts == 7);
  CHECK(std::equal(bytes.begin(), bytes.begin() + 9, kVideo.begin()));
  CHECK(std::equal(bytes.begin() + 19, bytes.end(), kVideo.begin() + 19));
}

TEST_CASE("the elementary stream clock moves with the stamps") {
  // PTS 0 and an ESCR of base 2, extension 5.
  auto bytes =
      bytes_of({0, 0, 1, 0xc0, 0, 20, 0x80, 0xa0, 11, 0x21, 0, 1, 0, 1, 0x04, 0x00, 0x04, 0x00, 0x14, 0x0b});
  PesHeader header;
  REQUIRE(parse_pes_header(bytes, header) == PesParse::Ok);
  REQUIRE(header.escr_at == 14);
  rewrite_pes_header(bytes, header, 0, 0, 0);
  CHECK(load_be32(&bytes[14]) == 0x04000400);
  CHECK(load_be16(&bytes[18]) == 0x140b);
  rewrite_pes_header(bytes, header, 0, 0, 1);
  CHECK(load_be16(&bytes[18]) == 0x1c0b);
}

TEST_CASE("nonsense is refused") {
  struct Row {
    const char* what;
    std::vector<std::byte> bytes;
    PesParse expected;
  };
  const Row rows[] = {
      {"no start code", bytes_of({0, 0, 2, 0xe0, 0, 0, 0x80, 0, 0}), PesParse::Invalid},
      {"MPEG-1 header", bytes_of({0, 0, 1, 0xe0, 0, 0, 0x0f, 0, 0}), PesParse::Invalid},
      {"header longer than the packet", bytes_of({0, 0, 1, 0xc0, 0, 4, 0x80, 0x80, 200}), PesParse::Invalid},
      {"padding has no flags", bytes_of({0, 0, 1, 0xbe, 0, 1, 0xff}), PesParse::Ok},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    PesHeader header;
    CHECK(parse_pes_header(row.bytes, header) == row.expected);
    CHECK_FALSE(header.pts.has_value());
  }
}

TEST_CASE("a PTS flag without room for the PTS gives none") {
  PesHeader header;
  REQUIRE(parse_pes_header(bytes_of({0, 0, 1, 0xc0, 0, 10, 0x80, 0xc0, 4, 0xff, 0xff, 0xff, 0xff}), header) ==
          PesParse::Ok);
  CHECK_FALSE(header.pts.has_value());
  CHECK_FALSE(header.dts.has_value());
}
