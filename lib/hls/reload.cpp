// SPDX-License-Identifier: LGPL-2.1-or-later
// Where a wanted segment or part is, seen from the end of the playlist.
#include "hls/reload.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace relevo::hls {
namespace {

constexpr std::uint64_t kSegmentsAhead = 2; // of the last one

/// How many parts ahead of the last one may be asked for.
std::uint64_t parts_ahead(const MediaPlaylist& playlist) {
  const Duration target = playlist.part_target.value_or(std::chrono::seconds{1});
  if (target >= std::chrono::seconds{1} || target <= Duration::zero()) return 3;
  return static_cast<std::uint64_t>((3'000'000 + target.count() - 1) / target.count());
}

Reload judge_segment(const MediaPlaylist& playlist, std::uint64_t msn) {
  const std::uint64_t end = playlist.end_sequence(); // one behind the last
  if (msn < end) return Reload::Ready;
  return msn - end < kSegmentsAhead ? Reload::Wait : Reload::TooFarAhead;
}

Reload judge_part(const MediaPlaylist& playlist, std::uint64_t msn, std::uint64_t part) {
  const std::uint64_t end = playlist.end_sequence();
  if (msn + 1 == end && !playlist.segments.empty() && part >= playlist.segments.back().parts.size() &&
      playlist.part_target) {
    msn = end;
    part = 0;
  }
  if (msn != end || !playlist.part_target) {
    const Reload segment = judge_segment(playlist, msn);
    return segment == Reload::Wait && part > parts_ahead(playlist) ? Reload::TooFarAhead : segment;
  }
  const std::uint64_t there = playlist.open ? playlist.open->parts.size() : 0;
  if (part < there) return Reload::Ready;
  return part - there < parts_ahead(playlist) ? Reload::Wait : Reload::TooFarAhead;
}

} // namespace

Reload judge_reload(const MediaPlaylist& playlist, const ReloadQuery& query) {
  if (!query.msn) return query.part ? Reload::Nonsense : Reload::Ready;
  const auto msn = parse_number<std::uint64_t>(*query.msn);
  const auto part = query.part ? parse_number<std::uint64_t>(*query.part) : std::nullopt;
  if (!msn || (query.part && !part)) return Reload::Nonsense;
  if (playlist.complete()) return Reload::Ready;
  return part ? judge_part(playlist, *msn, *part) : judge_segment(playlist, *msn);
}

} // namespace relevo::hls
