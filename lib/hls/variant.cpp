// SPDX-License-Identifier: LGPL-2.1-or-later
// Variants ranked: pictures, limits, bandwidth.
#include "hls/variant.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <compare>
#include <limits>
#include <string_view>
#include <tuple>

namespace relevo::hls {
namespace {

bool is_audio_codec(std::string_view codec) {
  static constexpr std::string_view kAudio[] = {"mp4a", "ac-3", "ec-3", "ac-4",
                                                "opus", "Opus", "fLaC", "mp3"};
  return std::ranges::find(kAudio, codec.substr(0, codec.find('.'))) != std::end(kAudio);
}

bool is_audio_only(const Variant& variant) {
  if (variant.resolution || variant.codecs.empty()) return false;
  std::string_view list = variant.codecs;
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    if (!is_audio_codec(trim(list.substr(0, end)))) return false;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return true;
}

bool fits(const Variant& variant, const VariantLimits& limits) {
  if (limits.max_bandwidth && variant.bandwidth > *limits.max_bandwidth) return false;
  return !limits.max_height || !variant.resolution || variant.resolution->height <= *limits.max_height;
}

/// The greatest is the best.
auto rank(const Variant& variant, const VariantLimits& limits) {
  const bool fitting = fits(variant, limits);
  const auto height = variant.resolution ? variant.resolution->height : 0;
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  return std::tuple(!is_audio_only(variant), fitting, fitting ? variant.bandwidth : kMost - variant.bandwidth,
                    fitting ? height : std::numeric_limits<std::uint32_t>::max() - height);
}

} // namespace

std::optional<std::size_t> choose_variant(const MasterPlaylist& master, const VariantLimits& limits) {
  const auto best = std::ranges::max_element(
      master.variants, {}, [&limits](const Variant& variant) { return rank(variant, limits); });
  if (best == master.variants.end()) return std::nullopt;
  return static_cast<std::size_t>(best - master.variants.begin());
}

bool has_separate_audio(const MasterPlaylist& master, const Variant& variant) {
  return !variant.audio.empty() && std::ranges::any_of(master.renditions, [&variant](const Rendition& r) {
    return r.type == RenditionType::Audio && r.group == variant.audio && !r.uri.empty();
  });
}

} // namespace relevo::hls
