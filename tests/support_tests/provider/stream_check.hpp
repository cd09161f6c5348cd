// SPDX-License-Identifier: LGPL-2.1-or-later
// What is in a received transport stream, and what is wrong with it.
#pragma once

#include "ts/psi.hpp"

#include <set>

namespace relevo::provider::test {

struct StreamCheck {
  std::size_t packets = 0;
  std::size_t lost_sync = 0;         // packets without the sync byte
  std::size_t continuity_errors = 0; // of PIDs other than that of null packets
  std::size_t scrambled = 0;
  std::size_t transport_errors = 0;
  std::size_t clock_jumps = 0;    // PCR going back, or forth by more than 100 ms
  std::size_t decoding_jumps = 0; // video DTS that is not one frame after the one before it
  ts::Pcr clock_span = 0;         // sum of all steps that are no jumps
  ts::Pcr largest_jump = 0;       // by amount
  std::optional<ts::Pcr> first_pcr;
  std::set<ts::Pid> pids;              // with a payload
  std::set<std::uint8_t> stream_types; // of all PMTs
  std::size_t tables = 0;              // how often PAT or PMT changed

  [[nodiscard]] double seconds() const {
    return static_cast<double>(clock_span) / static_cast<double>(ts::kPcrPerSecond);
  }
};

/// `frame`: the duration of a picture, 0 where DTS are not to be checked.
[[nodiscard]] StreamCheck check_stream(std::string_view bytes, ts::Ticks frame = 0);

} // namespace relevo::provider::test
