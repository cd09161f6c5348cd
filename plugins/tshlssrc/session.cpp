// SPDX-License-Identifier: LGPL-2.1-or-later
// Two threads around a follower.
#include "session.hpp"

#include "gx/cancel_wake.hpp"
#include "gx/trampoline.hpp"
#include "playlist_loader.hpp"
#include "segment_loader.hpp"

#include <utility>

namespace relevo::tshlssrc {
namespace {

using Clock = std::chrono::steady_clock;
using hls::Incident;

/// So many segments in a row that cannot be had end the stream: one may be missing.
constexpr std::uint64_t kMostGivenUp = 2;

hls::Instant now() {
  return std::chrono::duration_cast<hls::Instant>(Clock::now().time_since_epoch());
}

} // namespace

Session::Session(Settings settings, Host& host)
    : settings_(std::move(settings)), host_(host), queue_(settings_.burst), load_at_(now()) {}

Session::~Session() {
  stop_.cancel();
  if (playlists_.joinable()) playlists_.join();
  if (segments_.joinable()) segments_.join();
}

tl::expected<std::size_t, gstx::SourceFailure> Session::read(MutableBytes room,
                                                             const gx::CancelToken& token) {
  if (!playlists_.joinable()) start();
  return queue_.take(room, token);
}

void Session::start() {
  playlists_ = std::thread([this] { gx::call_from_c("playlists", [this] { load_playlists(); }); });
  segments_ = std::thread([this] { gx::call_from_c("segments", [this] { fetch_segments(); }); });
}

void Session::load_playlists() {
  PlaylistLoader loader(settings_, [this](const hls::Variant& variant) { host_.on_variant(variant); });
  bool opened = false;
  while (wait_to_load()) {
    const auto asked_at = now();
    auto playlist = loader.load(stop_);
    if (stop_.cancelled()) return;
    if (!playlist) {
      host_.on_trouble(playlist.error().failure);
      if (playlist.error().for_good) return queue_.fail(std::move(playlist.error()));
      tell(hls::PlaylistFailed{}, &playlist.error());
      continue;
    }
    if (!std::exchange(opened, true)) host_.on_opened();
    host_.on_playlist(*playlist);
    tell(hls::PlaylistLoaded{std::move(*playlist), asked_at});
  }
}

void Session::fetch_segments() {
  SegmentLoader loader(settings_, queue_);
  while (const auto order = wait_for_order()) {
    auto failed = loader.fetch(*order, stop_);
    if (stop_.cancelled()) return;
    if (failed) {
      host_.on_trouble(failed->failure);
      if (failed->for_good) return queue_.fail(std::move(*failed));
      tell(hls::SegmentFailed{}, &*failed);
      continue;
    }
    host_.on_segment(*order);
    if (!queue_.wait_for_room(stop_)) return;
    tell(hls::SegmentFetched{});
  }
}

bool Session::wait_to_load() {
  const gx::CancelWake waker(stop_, mutex_, wake_);
  std::unique_lock lock(mutex_);
  if (!wait_until(lock, [this] { return load_at_; })) return false;
  load_at_.reset();
  return true;
}

std::optional<hls::FetchSegment> Session::wait_for_order() {
  const gx::CancelWake waker(stop_, mutex_, wake_);
  std::unique_lock lock(mutex_);
  const auto due = [this] { return order_ ? std::optional(order_->at) : std::nullopt; };
  if (!wait_until(lock, due)) return std::nullopt;
  return std::exchange(order_, std::nullopt);
}

/// `due`: the time to wait for, as long as it is known.
template <class Due>
bool Session::wait_until(std::unique_lock<std::mutex>& lock, Due due) {
  while (!stop_.cancelled()) {
    const std::optional<hls::Instant> at = due();
    if (at && *at <= now()) return true;
    if (at)
      wake_.wait_until(lock, Clock::time_point(*at));
    else
      wake_.wait(lock);
  }
  return false;
}

void Session::tell(hls::FollowerEvent event, const Trouble* why) {
  std::vector<hls::Report> reports;
  bool ended = false;
  {
    const std::lock_guard lock(mutex_);
    for (auto& action : follower_.step(std::move(event), now())) {
      if (const auto* load = std::get_if<hls::LoadPlaylist>(&action)) load_at_ = load->at;
      if (auto* fetch = std::get_if<hls::FetchSegment>(&action)) order_ = std::move(*fetch);
      if (const auto* report = std::get_if<hls::Report>(&action)) reports.push_back(*report);
      ended |= std::holds_alternative<hls::EndOfStream>(action);
    }
    wake_.notify_all();
  }
  for (const hls::Report& report : reports)
    judge(report, why);
  if (ended) queue_.end();
}

void Session::judge(const hls::Report& report, const Trouble* why) {
  host_.on_incident(report);
  if (report.incident == Incident::PlaylistFrozen)
    queue_.fail({{policy::Failure::Stalled, 0, "The playlist has shown no new segment for too long", {}}});
  if (report.incident == Incident::PlaylistLost && why) queue_.fail(*why);
  if (report.incident == Incident::SegmentGivenUp && report.count >= kMostGivenUp && why)
    queue_.fail({why->failure, true});
}

} // namespace relevo::tshlssrc
