// SPDX-License-Identifier: LGPL-2.1-or-later
// The values of tags and attributes, from text and to text.
#pragma once

#include "hls/playlist.hpp"

#include <string_view>

namespace relevo::hls {

/// Decimal seconds with an optional sign and fraction, rounded to what a Duration can tell; far above any
/// limit of ours where they are absurd. Empty for anything else.
[[nodiscard]] std::optional<Duration> parse_seconds(std::string_view text);
[[nodiscard]] std::string write_seconds(Duration value);

/// ISO 8601 as it occurs: with Z, an offset (+01:00, +0100, +01) or none, which then is UTC; from 1970 to
/// 9999.
[[nodiscard]] std::optional<WallTime> parse_time(std::string_view text);
[[nodiscard]] std::string write_time(WallTime time);

/// 0x and up to 32 hexadecimal digits.
[[nodiscard]] std::optional<Iv> parse_iv(std::string_view text);
[[nodiscard]] std::string write_iv(const Iv& iv);

/// 1280x720
[[nodiscard]] std::optional<Resolution> parse_resolution(std::string_view text);

/// Positive decimal number.
[[nodiscard]] std::optional<double> parse_rate(std::string_view text);

struct RangeText {
  std::uint64_t length = 0;
  std::optional<std::uint64_t> offset; // empty: behind the range before
};
/// length[@offset]
[[nodiscard]] std::optional<RangeText> parse_range(std::string_view text);
[[nodiscard]] std::string write_range(const ByteRange& range);

} // namespace relevo::hls
