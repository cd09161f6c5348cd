// SPDX-License-Identifier: LGPL-2.1-or-later
// Following a media playlist by RFC 8216, section 6.3, and what servers do besides.
#include "hls/follower.hpp"

#include <algorithm>
#include <cassert>
#include <string_view>
#include <utility>

namespace relevo::hls {
namespace {

using namespace std::chrono_literals;

constexpr Duration kShortestReload = 500ms;
constexpr Duration kLongestReload = 60s; // however long the target duration pretends to be
constexpr unsigned kAttempts = 2;
/// A jump that leaves out more segments than this is no loss: the server numbers anew.
constexpr std::uint64_t kLongestLoss = 1000;

/// Without the folders and the query, where servers change tokens from answer to answer.
std::string_view file_name(std::string_view uri) {
  uri = uri.substr(0, uri.find_first_of("?#"));
  return uri.substr(uri.rfind('/') + 1);
}

bool same_media(const Segment& a, const Segment& b) {
  return file_name(a.uri) == file_name(b.uri) && a.range == b.range;
}

} // namespace

std::vector<FollowerAction> Follower::step(FollowerEvent event, Instant now) {
  actions_.clear();
  if (!ended_) std::visit([&](auto& e) { on(std::move(e), now); }, event);
  return std::exchange(actions_, {});
}

void Follower::on(PlaylistLoaded&& event, Instant now) {
  if (!loaded_at_) grown_at_ = now;
  loaded_at_ = now;
  told_lost_ = false;
  const bool grown = take(std::move(event.playlist), now);
  if (grown) {
    grown_at_ = now;
    told_frozen_ = false;
  }
  if (!playlist_->complete()) {
    if (!told_frozen_ && now - grown_at_ >= patience()) {
      told_frozen_ = true;
      report(Incident::PlaylistFrozen, playlist_->end_sequence());
    }
    const auto interval = grown ? reload_interval() : std::max(reload_interval() / 2, kShortestReload);
    actions_.push_back(LoadPlaylist{std::max(event.asked_at + interval, now)});
  }
  fetch_next(now);
}

void Follower::on(PlaylistFailed&&, Instant now) {
  if (!told_lost_ && (!loaded_at_ || now - *loaded_at_ >= patience())) {
    told_lost_ = true;
    report(Incident::PlaylistLost, playlist_ ? playlist_->end_sequence() : 0);
  }
  actions_.push_back(LoadPlaylist{now + std::max(reload_interval() / 2, kShortestReload)});
}

void Follower::on(SegmentFetched&&, Instant now) {
  assert(fetching_);
  fetching_.reset();
  given_up_ = 0;
  fetch_next(now);
}

void Follower::on(SegmentFailed&&, Instant now) {
  assert(fetching_);
  if (may_retry_ && fetching_->attempt < kAttempts) {
    ++fetching_->attempt;
    fetching_->at = now + settings_.retry_delay;
    if (fetching_->sequence >= playlist_->first_sequence())
      fetching_->segment.uri = at(fetching_->sequence).uri; // tokens may have changed
    actions_.push_back(*fetching_);
    return;
  }
  report(Incident::SegmentGivenUp, fetching_->sequence, ++given_up_);
  discontinuity_ |= fetching_->discontinuity;
  hole_ = true;
  fetching_.reset();
  fetch_next(now);
}

bool Follower::take(MediaPlaylist&& playlist, Instant now) {
  if (!next_) {
    const bool any = !playlist.segments.empty();
    join(std::move(playlist));
    return any;
  }
  if (playlist.segments.empty() && !playlist.complete()) return false;
  if (playlist.end_sequence() < playlist_->end_sequence()) return take_behind(std::move(playlist), now);
  behind_since_.reset();
  const auto first = playlist.first_sequence();
  if (first > *next_ + kLongestLoss) {
    rejoin(std::move(playlist));
    return true;
  }
  const bool grown = playlist.end_sequence() > playlist_->end_sequence();
  playlist_ = std::move(playlist);
  if (first > *next_) {
    report(Incident::SegmentsLost, *next_, first - *next_);
    hole_ = true;
    next_ = first;
  }
  return grown;
}

/// Either a server behind the others of its farm answered, or the numbers began anew. The first shows
/// segments that we know, and catches up soon.
bool Follower::take_behind(MediaPlaylist&& playlist, Instant now) {
  const bool overlaps = !playlist.segments.empty() && playlist.end_sequence() > playlist_->first_sequence();
  const bool known = overlaps && same_media(playlist.segments.back(), at(playlist.end_sequence() - 1));
  if (!behind_since_) behind_since_ = now;
  if (known && now - *behind_since_ < 2 * longest_segment()) return false;
  rejoin(std::move(playlist));
  return true;
}

void Follower::join(MediaPlaylist&& playlist) {
  playlist_ = std::move(playlist);
  if (playlist_->segments.empty()) return;
  const auto count = playlist_->complete() ? playlist_->segments.size()
                                           : std::min(settings_.live_edge, playlist_->segments.size());
  next_ = playlist_->end_sequence() - std::max<std::size_t>(count, 1);
}

void Follower::rejoin(MediaPlaylist&& playlist) {
  next_.reset();
  behind_since_.reset();
  join(std::move(playlist));
  report(Incident::SequenceReset, next_.value_or(playlist_->end_sequence()));
  discontinuity_ = true;
  may_retry_ = false;
}

void Follower::fetch_next(Instant now) {
  if (fetching_) return;
  while (next_ && *next_ < playlist_->end_sequence()) {
    const auto sequence = (*next_)++;
    if (!at(sequence).gap) return fetch(sequence, now);
    report(Incident::SegmentAbsent, sequence);
    discontinuity_ |= at(sequence).discontinuity;
    hole_ = true;
  }
  if (!playlist_->complete()) return;
  ended_ = true;
  actions_.push_back(EndOfStream{});
}

void Follower::fetch(std::uint64_t sequence, Instant now) {
  FetchSegment action;
  action.sequence = sequence;
  action.segment = at(sequence);
  action.at = now;
  if (action.segment.key) {
    action.key = playlist_->keys[*action.segment.key];
    if (!action.key->iv) action.key->iv = initialization_vector(sequence);
  }
  action.discontinuity = !first_ && (discontinuity_ || action.segment.discontinuity);
  action.after_hole = !first_ && hole_;
  first_ = discontinuity_ = hole_ = false;
  may_retry_ = true;
  fetching_ = action;
  actions_.push_back(std::move(action));
}

const Segment& Follower::at(std::uint64_t sequence) const {
  return playlist_->segments[sequence - playlist_->first_sequence()];
}

Duration Follower::longest_segment() const {
  const auto longest = std::ranges::max_element(playlist_->segments, {}, &Segment::duration);
  const auto duration = longest == playlist_->segments.end() ? Duration::zero() : longest->duration;
  return std::min(duration > Duration::zero() ? duration : Duration(playlist_->target_duration),
                  kLongestReload);
}

/// The target duration, except where it is so far above the truth that a short window would pass in between.
Duration Follower::reload_interval() const {
  if (!playlist_) return kShortestReload;
  const auto truth = std::chrono::ceil<std::chrono::seconds>(longest_segment());
  return std::min(Duration(playlist_->target_duration), Duration(truth));
}

Duration Follower::patience() const {
  return std::chrono::duration_cast<Duration>(settings_.frozen_after *
                                              std::max(longest_segment(), reload_interval()));
}

void Follower::report(Incident incident, std::uint64_t sequence, std::uint64_t count) {
  actions_.push_back(Report{incident, sequence, count});
}

} // namespace relevo::hls
