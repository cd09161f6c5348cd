// SPDX-License-Identifier: LGPL-2.1-or-later
// Differences between two looks at a source.
#include "ts/vitals.hpp"

#include <utility>

namespace relevo::ts {
namespace {

bool grew(std::uint64_t& last, std::uint64_t now) noexcept {
  return std::exchange(last, now) != now;
}

} // namespace

Vitals VitalsWatch::look(const Source& source) {
  const bool packets = grew(packets_, source.counters().packets);
  const bool skipped = grew(skipped_, source.sync().skipped_bytes());
  const bool scrambled = grew(scrambled_, source.counters().scrambled_packets);
  const bool main = grew(progress_.main_units, source.progress().main_units);
  const bool audio = grew(progress_.audio_units, source.progress().audio_units);
  const Source::Stream* stream = source.main_stream();
  const bool video = stream && stream->role == Role::Video;
  return {.no_packets = skipped && !packets,
          .scrambled = scrambled && !main,
          .no_video = video && audio && !main};
}

} // namespace relevo::ts
