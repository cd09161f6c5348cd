// SPDX-License-Identifier: LGPL-2.1-or-later
// Waiting on both sides of the splicer.
#include "output.hpp"

#include <algorithm>

namespace relevo::failoversrc {
namespace {

policy::Duration media_time(ts::Ticks ticks) {
  return std::chrono::duration_cast<policy::Duration>(
      std::chrono::duration<std::int64_t, std::ratio<1, ts::kTicksPerSecond>>{ticks});
}

} // namespace

void Output::begin(ts::Service service) {
  const Lock lock(mutex_);
  splicer_ = ts::Splicer(std::move(service));
  feeds_.clear();
  mode_ = Mode::Paused;
}

void Output::set(Mode mode) {
  const Lock lock(mutex_);
  mode_ = mode;
  bytes_there_.notify_all();
  room_there_.notify_all();
}

ts::SourceId Output::add_source() {
  const Lock lock(mutex_);
  const ts::SourceId id = splicer_.add_source();
  feeds_.push_back({id, {}, {}, Clock::now()});
  return id;
}

void Output::remove_source(ts::SourceId id) {
  Lock lock(mutex_);
  if (!find(lock, id)) return;
  splicer_.end(id);
  splicer_.remove_source(id);
  std::erase_if(feeds_, [id](const Feed& feed) { return feed.id == id; });
  room_there_.notify_all();
  bytes_there_.notify_one();
}

void Output::switch_to(ts::SourceId id) {
  const Lock lock(mutex_);
  splicer_.switch_to(id);
  bytes_there_.notify_one();
}

std::optional<Observation> Output::push(ts::SourceId id, Bytes bytes) {
  Lock lock(mutex_);
  room_there_.wait(lock, [&] {
    return mode_ != Mode::Running || !find(lock, id) || splicer_.active() != id ||
           splicer_.output().size() < kMost;
  });
  Feed* feed = find(lock, id);
  if (mode_ != Mode::Running || !feed) return std::nullopt;
  const std::size_t before = splicer_.output().size();
  splicer_.push(id, bytes);
  const std::size_t after = splicer_.output().size();
  if (after > before && (before == 0 || (before < kBlock && after >= kBlock))) bytes_there_.notify_one();
  return observe(lock, *feed);
}

void Output::wait(ts::SourceId id, policy::Duration duration) {
  Lock lock(mutex_);
  room_there_.wait_for(lock, duration, [&] { return mode_ != Mode::Running || !find(lock, id); });
}

bool Output::wait_for_bytes(Lock& lock) {
  bytes_there_.wait(
      lock, [this] { return mode_ == Mode::Shut || (mode_ == Mode::Running && !splicer_.output().empty()); });
  bytes_there_.wait_until(lock, taken_at_ + kTick,
                          [this] { return mode_ != Mode::Running || splicer_.output().size() >= kBlock; });
  return mode_ != Mode::Shut;
}

ts::SpliceCounters Output::counters() const {
  const Lock lock(mutex_);
  return splicer_.counters();
}

Output::Feed* Output::find(Lock&, ts::SourceId id) {
  const auto feed = std::ranges::find(feeds_, id, &Feed::id);
  return feed == feeds_.end() ? nullptr : &*feed;
}

Observation Output::observe(Lock&, Feed& feed) const {
  const ts::Source& source = splicer_.source(feed.id);
  if (const auto now = Clock::now(); now - feed.looked_at >= kLookInterval) {
    feed.looked_at = now;
    feed.vitals = feed.watch.look(source);
  }
  const ts::Source::Stream* main = source.main_stream();
  return {.programme = main != nullptr,
          .video = main && main->role == ts::Role::Video,
          .ready = splicer_.ready(feed.id),
          .media = media_time(source.progress().media),
          .vitals = feed.vitals,
          .continuity_errors = source.counters().continuity_errors};
}

} // namespace relevo::failoversrc
