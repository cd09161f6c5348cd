// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hdhr/device_id.hpp"

#include <array>

namespace relevo::hdhr {
namespace {

/// Of the digits; the last one is that which makes it 0.
unsigned checksum(std::uint32_t id) noexcept {
  constexpr std::array<std::uint8_t, 16> kTable{0xa, 0x5, 0xf, 0x6, 0x7, 0xc, 0x1, 0xb,
                                                0x9, 0x2, 0x8, 0xd, 0x4, 0x3, 0xe, 0x0};
  unsigned sum = 0;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    sum ^= id >> shift & 0xf;
    sum ^= kTable[id >> (shift + 4) & 0xf];
  }
  return sum;
}

} // namespace

bool is_valid(DeviceId id) noexcept {
  return checksum(id.value) == 0;
}

DeviceId make_device_id(std::uint64_t seed) noexcept {
  constexpr std::array<std::uint32_t, 4> kPrefixes{0x105, 0x108, 0x10a, 0x131};
  const auto prefix = kPrefixes[seed >> 62];
  const auto middle = static_cast<std::uint32_t>((seed ^ seed >> 16 ^ seed >> 32) & 0xffff);
  const auto without_last = prefix << 20 | middle << 4;
  return {without_last | checksum(without_last)};
}

std::string write(DeviceId id) {
  std::string text;
  for (unsigned shift = 32; shift > 0; shift -= 4)
    text += "0123456789ABCDEF"[id.value >> (shift - 4) & 0xf];
  return text;
}

} // namespace relevo::hdhr
