// SPDX-License-Identifier: LGPL-2.1-or-later
// Which variant of a master playlist to play.
#pragma once

#include "hls/playlist.hpp"

namespace relevo::hls {

struct VariantLimits {
  std::optional<std::uint64_t> max_bandwidth; // peak, bit/s
  std::optional<std::uint32_t> max_height;    // lines
};

/// Index of the variant with the highest bandwidth inside the limits; what a variant does not say does not
/// exclude it. Where none fits, the one with the lowest bandwidth. Variants with sound alone come after all
/// that have pictures; of equals the first. Empty when there are no variants.
[[nodiscard]] std::optional<std::size_t> choose_variant(const MasterPlaylist& master,
                                                        const VariantLimits& limits = {});

/// Whether the sound of a variant comes in playlists of its own.
[[nodiscard]] bool has_separate_audio(const MasterPlaylist& master, const Variant& variant);

} // namespace relevo::hls
