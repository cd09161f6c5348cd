// SPDX-License-Identifier: LGPL-2.1-or-later
// Sliding, counting on, and forgetting, by RFC 8216, section 6.2, and its second edition for parts.
#include "hls/window.hpp"

#include "base/text.hpp"
#include "hls/parse.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace relevo::hls {
namespace {

using namespace std::chrono_literals;

constexpr Duration kClockTolerance = 10s; // sources come in bursts

Duration sum(const std::vector<Part>& parts) {
  Duration total{};
  for (const auto& part : parts)
    total += part.duration;
  return total;
}

std::uint64_t discontinuities(const MediaPlaylist& playlist) {
  return static_cast<std::uint64_t>(std::ranges::count(playlist.segments, true, &Segment::discontinuity));
}

} // namespace

Window::Window(WindowSettings settings) : settings_(std::move(settings)) {
  playlist_.target_duration = std::max(settings_.target_duration, std::chrono::seconds{1});
  playlist_.type = settings_.type;
  playlist_.part_target = settings_.part_target;
  show_server_control();
}

void Window::follow(const MediaPlaylist& old) {
  assert(playlist_.segments.empty() && !growing_);
  playlist_.target_duration = std::max(playlist_.target_duration, old.target_duration);
  playlist_.media_sequence = old.end_sequence() + (old.open ? 1 : 0);
  playlist_.discontinuity_sequence = old.discontinuity_sequence + discontinuities(old);
  resumed_ = broken_ = true;
}

void Window::resume(MediaPlaylist old) {
  follow(old);
  if (!is_ours(old)) return;
  playlist_.media_sequence = old.first_sequence();
  playlist_.discontinuity_sequence = old.discontinuity_sequence;
  if (old.open) {
    old.open->uri = address_of({old.end_sequence(), {}});
    old.open->duration = sum(old.open->parts);
    old.open->gap = true;
    old.segments.push_back(std::move(*old.open));
  }
  for (auto& segment : old.segments) {
    if (!playlist_.part_target) drop_parts(segment, next_sequence());
    for (const auto& part : segment.parts)
      keep_part_target(part.duration);
    if (segment.time) next_time_ = *segment.time;
    push(std::move(segment));
  }
}

bool Window::is_ours(const MediaPlaylist& old) const {
  if (!old.keys.empty() || !old.maps.empty()) return false;
  std::uint64_t sequence = old.first_sequence();
  return std::ranges::all_of(old.segments, [&](const Segment& segment) {
    return segment.uri == address_of({sequence++, {}}) && !segment.range;
  });
}

/// It was listed for as long as a playlist is, and asked for as long again.
void Window::add_leftover(MediaFile file, Duration age) {
  const Duration hold = listed_ + longest_ + three_targets();
  leave(file, total_ + std::max(hold - age, Duration::zero()));
}

void Window::begin_segment(bool discontinuity, WallTime arrived) {
  assert(!growing_);
  discontinuity |= std::exchange(broken_, false);
  playlist_.ended = false;
  take_time(arrived, discontinuity);
  growing_.emplace();
  growing_->discontinuity = discontinuity;
  growing_->time = std::chrono::floor<WallTime::duration>(*next_time_);
  show_growing();
}

void Window::take_time(WallTime arrived, bool discontinuity) {
  const bool first = std::exchange(resumed_, false);
  const auto late = next_time_ ? arrived - *next_time_ : Duration::max();
  if (late > kClockTolerance || (discontinuity && late > 0s) || (first && late < -kClockTolerance))
    next_time_ = arrived;
}

void Window::add_part(Duration duration, bool independent, bool stored) {
  assert(growing_ && playlist_.part_target);
  duration = std::clamp(duration, Duration::zero(), kMaxDuration);
  const auto index = static_cast<std::uint32_t>(growing_->parts.size());
  growing_->parts.push_back({address_of({next_sequence(), index}), duration, {}, independent, !stored});
  keep_part_target(duration);
  show_growing();
}

void Window::keep_part_target(Duration duration) {
  if (duration <= *playlist_.part_target) return;
  playlist_.part_target = duration;
  show_server_control();
}

void Window::end_segment(Duration duration, bool stored) {
  assert(growing_);
  Segment segment = std::move(*std::exchange(growing_, std::nullopt));
  segment.uri = address_of({next_sequence(), {}});
  segment.duration = segment.parts.empty() ? std::clamp(duration, Duration::zero(), kMaxDuration)
                                           : std::min(sum(segment.parts), kMaxDuration);
  segment.gap = !stored;
  push(std::move(segment));
  drop_old_segments();
  drop_old_parts();
  show_growing();
}

void Window::push(Segment segment) {
  const auto rounded = std::chrono::floor<std::chrono::seconds>(segment.duration + 500ms);
  playlist_.target_duration = std::max(playlist_.target_duration, rounded);
  total_ += segment.duration;
  listed_ += segment.duration;
  longest_ = std::max(longest_, listed_);
  if (next_time_) *next_time_ += segment.duration;
  playlist_.segments.push_back(std::move(segment));
}

void Window::drop_old_segments() {
  if (playlist_.type != PlaylistType::Live) return;
  auto first = playlist_.segments.begin();
  while (playlist_.segments.end() - first > static_cast<std::ptrdiff_t>(settings_.length) &&
         listed_ - first->duration >= three_targets()) {
    drop_parts(*first, playlist_.media_sequence);
    leave({playlist_.media_sequence++, {}}, total_ + first->duration + longest_);
    if (first->discontinuity) ++playlist_.discontinuity_sequence;
    listed_ -= first->duration;
    ++first;
  }
  playlist_.segments.erase(playlist_.segments.begin(), first);
}

/// Once they are more than three target durations from the end; what is older has none any more.
void Window::drop_old_parts() {
  if (!playlist_.part_target) return;
  Duration behind{};
  for (auto sequence = playlist_.end_sequence(); sequence-- > playlist_.media_sequence;) {
    Segment& segment = playlist_.segments[sequence - playlist_.media_sequence];
    if (behind > three_targets()) {
      if (segment.parts.empty()) return;
      drop_parts(segment, sequence);
    }
    behind += segment.duration;
  }
}

void Window::drop_parts(Segment& segment, std::uint64_t sequence) {
  for (std::uint32_t part = 0; part < segment.parts.size(); ++part)
    leave({sequence, part}, total_ + three_targets());
  segment.parts.clear();
}

void Window::drop_segment() {
  assert(growing_ && growing_->parts.empty());
  broken_ |= growing_->discontinuity;
  growing_.reset();
}

void Window::end() {
  assert(!growing_);
  playlist_.ended = true;
  playlist_.preload.reset();
  broken_ = true;
}

bool Window::publishable() const noexcept {
  if (playlist_.type == PlaylistType::Vod && !playlist_.ended) return false;
  return !playlist_.segments.empty() || playlist_.open;
}

void Window::show_growing() {
  playlist_.open.reset();
  if (has_open_parts()) playlist_.open = growing_;
  if (!playlist_.part_target || !settings_.can_block_reload) return;
  const auto next = growing_ ? static_cast<std::uint32_t>(growing_->parts.size()) : 0;
  playlist_.preload = PreloadHint{address_of({next_sequence(), next}), 0, {}};
}

void Window::show_server_control() {
  if (!playlist_.part_target && !settings_.can_block_reload) return;
  playlist_.server_control.emplace();
  playlist_.server_control->can_block_reload = settings_.can_block_reload;
  if (playlist_.part_target) playlist_.server_control->part_hold_back = 3 * *playlist_.part_target;
}

std::string Window::address_of(MediaFile file) const {
  const auto number = concat(settings_.prefix, file.sequence);
  return file.part ? concat(number, '.', *file.part, settings_.suffix) : number + settings_.suffix;
}

std::vector<MediaFile> Window::take_expired() {
  std::vector<MediaFile> expired;
  std::erase_if(leaving_, [&](const Leaving& leaving) {
    if (leaving.until > total_) return false;
    expired.push_back(leaving.file);
    return true;
  });
  return expired;
}

} // namespace relevo::hls
