// SPDX-License-Identifier: LGPL-2.1-or-later
// The clocks of a transport stream: 33-bit time stamps of 90 kHz, the 42-bit PCR of 27 MHz, and their wrap.
#pragma once

#include "base/bytes.hpp"

#include <cstdint>
#include <optional>

namespace relevo::ts {

using Ticks = std::int64_t; // 90 kHz, PTS and DTS
using Pcr = std::int64_t;   // 27 MHz

inline constexpr Ticks kTicksPerSecond = 90'000;
inline constexpr Pcr kPcrPerTick = 300;
inline constexpr Pcr kPcrPerSecond = kTicksPerSecond * kPcrPerTick;
inline constexpr Ticks kTicksModulus = Ticks{1} << 33;
inline constexpr Pcr kPcrModulus = kTicksModulus * kPcrPerTick;

[[nodiscard]] constexpr std::int64_t wrap(std::int64_t value, std::int64_t modulus) noexcept {
  const std::int64_t rest = value % modulus;
  return rest < 0 ? rest + modulus : rest;
}

/// The shortest way from `from` to `to` on a clock that wraps: in [-modulus/2, modulus/2).
[[nodiscard]] constexpr std::int64_t wrapped_difference(std::int64_t to, std::int64_t from,
                                                        std::int64_t modulus) noexcept {
  const std::int64_t forward = wrap(to - from, modulus);
  return forward >= modulus / 2 ? forward - modulus : forward;
}

/// Turns the wrapping values of one clock into a continuous one: every value is taken as the nearest to the
/// one before it. The first stands for itself, and so does one that would lie further than kFarthest turns of
/// the clock from zero: an honest clock of 33 bits takes a century to get there, a forged one must not count
/// on to an overflow.
class Unwrapper {
 public:
  static constexpr std::int64_t kFarthest = 1 << 15;

  explicit constexpr Unwrapper(std::int64_t modulus) noexcept : modulus_(modulus) {}

  constexpr std::int64_t unwrap(std::int64_t raw) noexcept {
    const std::int64_t value = peek(raw);
    const std::int64_t limit = kFarthest * modulus_;
    last_ = value > limit || value < -limit ? raw : value;
    return *last_;
  }
  /// As unwrap, without remembering the value.
  [[nodiscard]] constexpr std::int64_t peek(std::int64_t raw) const noexcept {
    return last_ ? *last_ + wrapped_difference(raw, *last_, modulus_) : raw;
  }

 private:
  std::int64_t modulus_;
  std::optional<std::int64_t> last_;
};

/// PCR field: 33 bits of base, 6 reserved, 9 of extension.
[[nodiscard]] constexpr Pcr load_pcr(const std::byte* p) noexcept {
  const Pcr base = Pcr{load_be32(p)} << 1 | load_u8(p + 4) >> 7;
  return base * kPcrPerTick + (load_be16(p + 4) & 0x1ff);
}
/// `pcr` is reduced to the field's range.
constexpr void store_pcr(std::byte* p, Pcr pcr) noexcept {
  const Pcr value = wrap(pcr, kPcrModulus);
  const Pcr base = value / kPcrPerTick;
  store_be32(p, static_cast<std::uint32_t>(base >> 1));
  store_be16(p + 4, static_cast<unsigned>((base & 1) << 15 | 0x7e00 | value % kPcrPerTick));
}

/// The five bytes of a PTS or DTS: 3, 15 and 15 bits with marker bits between.
[[nodiscard]] constexpr Ticks load_timestamp(const std::byte* p) noexcept {
  return Ticks{load_u8(p) >> 1 & 0x07} << 30 | Ticks{load_be16(p + 1) >> 1} << 15 | load_be16(p + 3) >> 1;
}
/// Keeps the prefix bits in front of the value; `ticks` is reduced to 33 bits.
constexpr void store_timestamp(std::byte* p, Ticks ticks) noexcept {
  const Ticks value = wrap(ticks, kTicksModulus);
  store_u8(p, (load_u8(p) & 0xf0U) | static_cast<unsigned>(value >> 29 & 0x0e) | 1U);
  store_be16(p + 1, static_cast<unsigned>(value >> 14 & 0xfffe) | 1U);
  store_be16(p + 3, static_cast<unsigned>(value << 1 & 0xfffe) | 1U);
}

} // namespace relevo::ts
