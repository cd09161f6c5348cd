// SPDX-License-Identifier: LGPL-2.1-or-later
// The judge of a media playlist that changes: whoever makes it, each version is held against all before it.
#pragma once

#include "hls/parse.hpp"
#include "hls/write.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace relevo::hls::test {

/// `require(law, name)` is called with every judgement.
class PlaylistLinter {
 public:
  using Require = void (*)(bool law, const char* name);
  explicit PlaylistLinter(Require require) : require_(require) {}

  /// Every version that was ever given out, in order.
  void check(const std::string& text) {
    const auto parsed = parse_playlist(text);
    require_(parsed.has_value() && parsed->faults == 0, "a playlist reads without a fault");
    if (!parsed) return;
    const auto* playlist = std::get_if<MediaPlaylist>(&parsed->playlist);
    require_(playlist, "it is a media playlist");
    if (!playlist) return;
    require_(write_media_playlist(*playlist) == text, "it is written as we write");
    check(*playlist);
  }

  void check(const MediaPlaylist& playlist) {
    if (last_)
      check_change(*last_, playlist);
    else
      note_old_starts(playlist);
    check_durations(playlist);
    check_times(playlist);
    for (std::size_t i = 0; i < playlist.segments.size(); ++i)
      check_segment(playlist, playlist.first_sequence() + i, playlist.segments[i]);
    if (playlist.open) note_parts(playlist.end_sequence(), *playlist.open);
    note_addresses(playlist);
    last_ = playlist;
    restarted_ = false;
  }

  /// The next version comes from a new start. It may go on behind an end, and its first new segment is a
  /// discontinuity. What longer playlists there were before is not known to it.
  void restart() {
    restarted_ = true;
    for (auto& [address, what] : addresses_)
      if (!what.out_since) what.hold = {};
    if (last_) new_starts_.insert(last_->end_sequence() + (last_->open ? 1 : 0));
  }

  /// The file at this address was deleted.
  void deleted(const std::string& address) {
    const auto found = addresses_.find(address);
    if (found == addresses_.end()) return; // of a segment that was never listed
    require_(found->second.out_since.has_value(), "what is deleted is not listed");
    if (!found->second.out_since) return;
    require_(media_time_ - *found->second.out_since >= found->second.hold,
             "what is deleted was out of the playlist long enough");
    require_(!std::exchange(found->second.deleted, true), "nothing is deleted twice");
  }

  [[nodiscard]] const std::optional<MediaPlaylist>& last() const noexcept { return last_; }
  [[nodiscard]] std::uint64_t raises() const noexcept { return raises_; } // of the target duration

 private:
  struct Known {
    Segment segment;
    std::uint64_t discontinuity_sequence = 0;
  };
  struct Address {
    std::pair<std::uint64_t, std::optional<std::size_t>> owner;
    std::optional<Duration> out_since; // media time
    Duration hold{};
    bool deleted = false;
  };

  static Duration total(const auto& timed) {
    return std::accumulate(timed.begin(), timed.end(), Duration{},
                           [](Duration sum, const auto& one) { return sum + one.duration; });
  }
  static std::chrono::seconds rounded(Duration duration) {
    return std::chrono::floor<std::chrono::seconds>(duration + std::chrono::milliseconds(500));
  }
  /// The first version may hold what earlier runs left.
  void note_old_starts(const MediaPlaylist& playlist) {
    for (std::size_t i = 0; i < playlist.segments.size(); ++i)
      if (playlist.segments[i].discontinuity) new_starts_.insert(playlist.first_sequence() + i);
  }

  void check_durations(const MediaPlaylist& playlist) {
    for (const auto& segment : playlist.segments) {
      require_(rounded(segment.duration) <= playlist.target_duration, "no segment is longer than the target");
      require_(segment.parts.empty() || total(segment.parts) == segment.duration, "parts add up");
      check_parts(playlist, segment);
    }
    if (playlist.open) check_parts(playlist, *playlist.open);
    if (!playlist.part_target) return;
    require_(playlist.server_control && playlist.server_control->part_hold_back &&
                 *playlist.server_control->part_hold_back >= 3 * *playlist.part_target,
             "players keep their distance from the last part");
  }

  void check_parts(const MediaPlaylist& playlist, const Segment& segment) {
    require_(segment.parts.empty() || playlist.part_target, "parts have a target");
    for (const auto& part : segment.parts)
      require_(part.duration <= playlist.part_target, "no part is longer than its target");
  }

  void check_times(const MediaPlaylist& playlist) {
    using namespace std::chrono_literals;
    for (std::size_t i = 0; i + 1 < playlist.segments.size(); ++i) {
      const Segment &one = playlist.segments[i], &next = playlist.segments[i + 1];
      require_(one.time && next.time, "every segment has its time");
      if (!one.time || !next.time) continue;
      const Duration lag = *next.time - (*one.time + one.duration);
      const bool new_start = new_starts_.contains(playlist.first_sequence() + i + 1);
      require_(lag >= -1ms || new_start, "time does not go back");
      require_(next.discontinuity || lag <= 1ms || lag > 9s, "time runs with the media");
    }
  }

  void check_change(const MediaPlaylist& before, const MediaPlaylist& now) {
    const auto first = now.first_sequence(), end = now.end_sequence();
    require_(first >= before.first_sequence(), "the first number does not go back");
    require_(end >= before.end_sequence(), "the last number does not go back");
    require_(first <= before.end_sequence() + 1, "no number is left out");
    if (restarted_) return;
    require_(now.type == before.type, "the type does not change");
    require_(!before.ended || now == before, "nothing comes after the end");
    if (now.type != PlaylistType::Live)
      require_(first == before.first_sequence(), "nothing is removed");
    else if (first != before.first_sequence())
      require_(total(now.segments) >= 3 * now.target_duration, "enough is left");
    check_targets(before, now);
    check_hint(before, now);
  }

  void check_targets(const MediaPlaylist& before, const MediaPlaylist& now) {
    if (now.target_duration != before.target_duration) {
      ++raises_;
      require_(now.target_duration > before.target_duration, "the target does not shrink");
      const auto cause = std::ranges::find(now.segments, now.target_duration,
                                           [](const Segment& s) { return rounded(s.duration); });
      require_(cause != now.segments.end(), "the target grows for a segment that broke it");
    }
    require_(now.part_target.has_value() == before.part_target.has_value(), "parts come or do not");
    require_(now.part_target >= before.part_target, "the target of parts does not shrink");
  }

  /// What was promised is what comes next.
  void check_hint(const MediaPlaylist& before, const MediaPlaylist& now) {
    require_(!now.ended || !now.preload, "an end promises nothing");
    if (!before.preload) return;
    const auto parts_of = [](const MediaPlaylist& playlist,
                             std::uint64_t sequence) -> const std::vector<Part>* {
      if (sequence == playlist.end_sequence()) return playlist.open ? &playlist.open->parts : nullptr;
      return sequence < playlist.end_sequence() && sequence >= playlist.first_sequence()
                 ? &playlist.segments[sequence - playlist.first_sequence()].parts
                 : nullptr;
    };
    const auto* grown = parts_of(now, before.end_sequence());
    const std::size_t there = before.open ? before.open->parts.size() : 0;
    if (grown && grown->size() > there)
      require_((*grown)[there].uri == before.preload->uri, "the next part is the one that was promised");
  }

  void check_segment(const MediaPlaylist& playlist, std::uint64_t sequence, const Segment& segment) {
    note_parts(sequence, segment);
    const auto tags = std::count_if(playlist.segments.begin(),
                                    playlist.segments.begin() +
                                        static_cast<std::ptrdiff_t>(sequence - playlist.first_sequence() + 1),
                                    [](const Segment& s) { return s.discontinuity; });
    const auto number = playlist.discontinuity_sequence + static_cast<std::uint64_t>(tags);
    if (new_starts_.contains(sequence)) require_(segment.discontinuity, "a new start is a discontinuity");
    const auto [found, fresh] = known_.try_emplace(sequence, Known{segment, number});
    if (fresh) {
      media_time_ += segment.duration;
      const auto before = known_.find(sequence - 1);
      if (before != known_.end())
        require_(number == before->second.discontinuity_sequence + (segment.discontinuity ? 1 : 0),
                 "discontinuities are counted");
      return;
    }
    const Segment& known = found->second.segment;
    require_(number == found->second.discontinuity_sequence, "a segment keeps its discontinuity sequence");
    require_(known.uri == segment.uri && known.duration == segment.duration && known.time == segment.time &&
                 known.discontinuity == segment.discontinuity,
             "a segment stays as it is");
    // A file may be lost between two runs.
    require_(known.gap == segment.gap || segment.gap, "what is missing stays missing");
  }

  void note_parts(std::uint64_t sequence, const Segment& segment) {
    auto& known = parts_[sequence];
    if (segment.parts.empty()) return;
    const auto same = std::mismatch(known.begin(), known.end(), segment.parts.begin(), segment.parts.end());
    require_(same.first == known.end(), "parts stay as they are");
    known = segment.parts;
  }

  void note_addresses(const MediaPlaylist& playlist) {
    const Duration all = total(playlist.segments);
    std::map<std::string, bool> listed;
    const auto list = [&](const std::string& address, std::uint64_t sequence, std::optional<std::size_t> part,
                          Duration hold) {
      const auto [found, fresh] = addresses_.try_emplace(address, Address{{sequence, part}, {}, {}, false});
      require_(found->second.owner == std::pair(sequence, part), "no address is used twice");
      require_(!found->second.out_since, "what is out does not come back");
      found->second.hold = std::max(found->second.hold, hold);
      listed[address] = true;
    };
    const auto list_parts = [&](const Segment& segment, std::uint64_t sequence) {
      for (std::size_t i = 0; i < segment.parts.size(); ++i)
        list(segment.parts[i].uri, sequence, i, 3 * Duration(playlist.target_duration));
    };
    for (std::size_t i = 0; i < playlist.segments.size(); ++i) {
      const Segment& segment = playlist.segments[i];
      list(segment.uri, playlist.first_sequence() + i, {}, segment.duration + all);
      list_parts(segment, playlist.first_sequence() + i);
    }
    if (playlist.open) list_parts(*playlist.open, playlist.end_sequence());
    for (auto& [address, what] : addresses_)
      if (!listed.contains(address) && !what.out_since) what.out_since = media_time_;
  }

  Require require_;
  std::optional<MediaPlaylist> last_;
  bool restarted_ = false;
  std::set<std::uint64_t> new_starts_;
  std::uint64_t raises_ = 0;
  std::map<std::uint64_t, Known> known_;
  Duration media_time_{}; // of all of them
  std::map<std::uint64_t, std::vector<Part>> parts_;
  std::map<std::string, Address> addresses_;
};

} // namespace relevo::hls::test
