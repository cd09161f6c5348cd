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

/// `seen`, which only a demuxer can read: "fragmented MP4".
[[nodiscard]] Trouble refusal(const std::string& seen);

} // namespace relevo::tshlssrc
