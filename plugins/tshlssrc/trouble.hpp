// SPDX-License-Identifier: LGPL-2.1-or-later
// Trouble: why something could not be had, and whether trying again may help.
#pragma once

#include "gstx/source_failure.hpp"

#include <optional>
#include <string>

namespace relevo::tshlssrc {

struct Trouble {
  gstx::SourceFailure failure;
  bool for_good = false; // it may not
};
using Failed = std::optional<Trouble>;

/// What the address gives is nothing that tshlssrc reads.
[[nodiscard]] Trouble refusal(const std::string& seen);
/// The same of what a demuxer reads: "segments of MP4".
[[nodiscard]] Trouble for_demuxer(const std::string& seen);

} // namespace relevo::tshlssrc
