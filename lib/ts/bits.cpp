// SPDX-License-Identifier: LGPL-2.1-or-later
// The bit reader: one byte at a time, so that emulation prevention costs no copy.
#include "ts/bits.hpp"

#include <algorithm>

namespace relevo::ts {

bool BitReader::load() noexcept {
  if (remove_ && zeros_ >= 2 && !rest_.empty() && load_u8(rest_.data()) == 3) {
    rest_ = rest_.subspan(1);
    zeros_ = 0;
  }
  if (rest_.empty() || !ok_) {
    ok_ = false;
    return false;
  }
  current_ = load_u8(rest_.data());
  rest_ = rest_.subspan(1);
  zeros_ = current_ == 0 ? static_cast<std::uint8_t>(std::min(zeros_ + 1, 2)) : std::uint8_t{0};
  left_ = 8;
  return true;
}

std::uint32_t BitReader::u(unsigned bits) noexcept {
  std::uint32_t value = 0;
  while (bits > 0) {
    if (left_ == 0 && !load()) return 0;
    const unsigned take = std::min<unsigned>(bits, left_);
    left_ = static_cast<std::uint8_t>(left_ - take);
    value = value << take | (current_ >> left_ & ((1U << take) - 1));
    bits -= take;
  }
  return ok_ ? value : 0;
}

std::uint32_t BitReader::ue() noexcept {
  unsigned zeros = 0;
  while (ok_ && !flag()) {
    if (++zeros > 31) ok_ = false;
  }
  if (!ok_) return 0;
  return ((1U << zeros) - 1) + u(zeros);
}

std::int32_t BitReader::se() noexcept {
  const std::int64_t code = ue();
  return static_cast<std::int32_t>((code & 1) != 0 ? (code + 1) / 2 : -(code / 2));
}

void BitReader::skip(std::size_t bits) noexcept {
  for (; bits > 32 && ok_; bits -= 32)
    static_cast<void>(u(32));
  if (ok_) static_cast<void>(u(static_cast<unsigned>(bits)));
}

} // namespace relevo::ts
