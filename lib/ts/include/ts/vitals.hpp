// SPDX-License-Identifier: LGPL-2.1-or-later
// Vitals: what is wrong with a source that sends bytes.
#pragma once

#include "ts/source.hpp"

namespace relevo::ts {

struct Vitals {
  bool no_packets = false; // bytes came, and no transport stream was in them
  bool scrambled = false;  // scrambled packets came, and nothing of the main stream
  bool no_video = false;   // sound came, and no picture

  bool operator==(const Vitals&) const = default;
};

/// Compares a source with itself at the last look. Looks should be so far apart that a healthy source has
/// begun a picture in between: half a second or more.
class VitalsWatch {
 public:
  [[nodiscard]] Vitals look(const Source& source);

 private:
  std::uint64_t packets_ = 0, skipped_ = 0, scrambled_ = 0;
  SourceProgress progress_;
};

} // namespace relevo::ts
