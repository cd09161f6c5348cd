// SPDX-License-Identifier: LGPL-2.1-or-later
// Names of profiles and levels, and reduced frame rates.
#include "ts/video.hpp"

#include <limits>
#include <numeric>

namespace relevo::ts {
namespace {

std::string_view h264_profile(const VideoFormat& f) noexcept {
  const bool set1 = (f.compatibility & 0x40) != 0;
  const bool set3 = (f.compatibility & 0x10) != 0;
  switch (f.profile) {
  case 44: return "CAVLC 4:4:4 Intra";
  case 66: return set1 ? "Constrained Baseline" : "Baseline";
  case 77: return "Main";
  case 88: return "Extended";
  case 100: return "High";
  case 110: return set3 ? "High 10 Intra" : "High 10";
  case 118: return "Multiview High";
  case 122: return set3 ? "High 4:2:2 Intra" : "High 4:2:2";
  case 128: return "Stereo High";
  case 244: return set3 ? "High 4:4:4 Intra" : "High 4:4:4 Predictive";
  default: return {};
  }
}

std::string_view h265_profile(const VideoFormat& f) noexcept {
  switch (f.profile) {
  case 1: return "Main";
  case 2: return "Main 10";
  case 3: return "Main Still Picture";
  case 4: return "Format Range Extensions";
  case 5: return "High Throughput";
  case 9: return "Screen Content Coding";
  default: return {};
  }
}

std::string_view mpeg2_profile(const VideoFormat& f) noexcept {
  switch (f.profile) {
  case 1: return "High";
  case 2: return "Spatially Scalable";
  case 3: return "SNR Scalable";
  case 4: return "Main";
  case 5: return "Simple";
  case 8: return f.level == 14 || f.level == 10 ? "Multi-view" : "4:2:2";
  default: return {};
  }
}

std::string mpeg2_level(const VideoFormat& f) {
  switch (f.level) {
  case 2: // of the 4:2:2 profile
  case 4: return "High";
  case 5: // of the 4:2:2 profile
  case 8: return "Main";
  case 6: return "High 1440";
  case 10: return "Low";
  default: return {};
  }
}

std::string decimal(unsigned major, unsigned minor) {
  std::string text = std::to_string(major);
  if (minor != 0) text += '.' + std::to_string(minor);
  return text;
}

} // namespace

Rational make_rational(std::uint64_t num, std::uint64_t den) noexcept {
  if (num == 0 || den == 0) return {};
  const std::uint64_t divisor = std::gcd(num, den);
  num /= divisor;
  den /= divisor;
  constexpr std::uint64_t kMax = std::numeric_limits<std::uint32_t>::max();
  if (num > kMax || den > kMax) return {};
  return {static_cast<std::uint32_t>(num), static_cast<std::uint32_t>(den)};
}

std::string_view profile_name(const VideoFormat& format) noexcept {
  switch (format.codec) {
  case Codec::H264: return h264_profile(format);
  case Codec::H265: return h265_profile(format);
  case Codec::Mpeg2Video: return mpeg2_profile(format);
  default: return {};
  }
}

std::string level_name(const VideoFormat& format) {
  switch (format.codec) {
  case Codec::H264: {
    // Level 1b hides as level 1.1 with a flag in the profiles that had no number for it.
    const bool is_1b = format.level == 9 ||
                       (format.level == 11 && format.profile <= 88 && (format.compatibility & 0x10) != 0);
    return is_1b ? "1b" : decimal(format.level / 10U, format.level % 10U);
  }
  case Codec::H265: return decimal(format.level / 30U, format.level % 30U / 3U);
  case Codec::Mpeg2Video: return mpeg2_level(format);
  default: return {};
  }
}

} // namespace relevo::ts
