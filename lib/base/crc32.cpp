// SPDX-License-Identifier: LGPL-2.1-or-later
// The CRC-32 of MPEG-2 sections, one table look-up per byte.
#include "base/crc32.hpp"

#include <array>

namespace relevo {
namespace {

constexpr std::uint32_t kPolynomial = 0x04c11db7;

constexpr std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t crc = i << 24;
    for (int bit = 0; bit < 8; ++bit)
      crc = crc << 1 ^ ((crc & 0x80000000U) != 0 ? kPolynomial : 0);
    table[i] = crc;
  }
  return table;
}

constexpr auto kTable = make_table();

} // namespace

std::uint32_t crc32_mpeg2(Bytes bytes) noexcept {
  std::uint32_t crc = 0xffffffff;
  for (const std::byte b : bytes)
    crc = crc << 8 ^ kTable[(crc >> 24 ^ std::to_integer<std::uint32_t>(b)) & 0xff];
  return crc;
}

} // namespace relevo
