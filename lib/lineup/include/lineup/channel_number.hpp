// SPDX-License-Identifier: LGPL-2.1-or-later
// The number of a channel: "5", or "5.1" as American stations have them.
#pragma once

#include "base/result.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace relevo::lineup {

struct ChannelNumber {
  std::uint32_t major = 0;
  std::uint32_t minor = 0; // 0: none

  auto operator<=>(const ChannelNumber&) const = default;
};

inline constexpr std::uint32_t kMostMajor = 999'999;
inline constexpr std::uint32_t kMostMinor = 999;

/// "5", "005", "5.1", "5-1", " 5.0 "; from 1 to kMostMajor, and minors from 0 to kMostMinor. "5.10" is the
/// tenth of 5 and not the first.
[[nodiscard]] Result<ChannelNumber> parse_channel_number(std::string_view text);

[[nodiscard]] std::string write(ChannelNumber number);

} // namespace relevo::lineup

template <>
struct std::hash<relevo::lineup::ChannelNumber> {
  std::size_t operator()(const relevo::lineup::ChannelNumber& number) const noexcept {
    return std::hash<std::uint64_t>{}(std::uint64_t{number.major} << 32 | number.minor);
  }
};
