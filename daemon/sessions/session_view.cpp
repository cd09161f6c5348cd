// SPDX-License-Identifier: LGPL-2.1-or-later
// What a session tells: its events, and how it stands.
#include "session.hpp"

#include <algorithm>

namespace relevo::sessions {

const Source* Session::find_source(const std::string& candidate) const {
  const auto found = std::ranges::find_if(
      plan_.sources, [&](const Source& source) { return source.candidate.id == candidate; });
  return found == plan_.sources.end() ? nullptr : &*found;
}

Event Session::event(Happening what) const {
  Event event;
  event.what = what;
  event.at = WallTime::clock::now();
  event.session = id_;
  event.channel = plan_.channel;
  event.channel_name = plan_.name;
  return event;
}

Event Session::event(Happening what, const channel::Decision& decision) const {
  auto told = event(what);
  const Source* source = find_source(decision.candidate);
  const Source* from = find_source(decision.from);
  if (source) told.stream = source->stream;
  told.candidate = decision.label;
  if (from) told.from = from->candidate.label;
  told.reason = decision.reason;
  told.failure = decision.failure;
  told.status = decision.status;
  told.text = decision.text;
  told.measured = decision.measured;
  told.limit = decision.limit;
  told.gap = decision.gap;
  told.wait = decision.wait;
  told.penalty = decision.penalty;
  return told;
}

/// With all of his connections taken together.
ViewerView Session::look_at(ViewerId id, const Present& present,
                            const std::vector<channel::ViewerStats>& connections) {
  channel::ViewerStats sum;
  sum.id = id;
  sum.bytes = present.bytes;
  sum.skips = present.skips;
  for (const auto& one : connections) {
    if (!present.connections.contains(one.id)) continue;
    sum.bytes += one.bytes;
    sum.skips += one.skips;
    sum.lag_bytes = std::max(sum.lag_bytes, one.lag_bytes);
    sum.lag = std::max(sum.lag, one.lag);
  }
  return {ViewerKind::Ts, sum, present.connections.size(), present.who, present.since};
}

SessionView Session::view() const {
  const auto stats = pipeline_ ? pipeline_->stats() : channel::ChannelStats{};
  SessionView view;
  view.id = id_;
  view.channel = plan_.channel;
  view.channel_uuid = plan_.uuid;
  view.channel_name = plan_.name;
  view.state = state();
  view.since = since_;
  view.waits_for = waits_for_;
  view.current = stats.current;
  view.switches = stats.switches;
  view.facts = stats.facts;
  for (const auto& candidate : stats.candidates)
    view.received += candidate.bytes;
  for (const Source& source : plan_.sources) {
    const auto found = std::ranges::find(stats.candidates, source.candidate.id, &channel::CandidateStats::id);
    channel::CandidateStats own;
    own.id = source.candidate.id;
    own.penalty = house_.penalty_of(source.stream);
    view.candidates.push_back({source.candidate.label, source.stream, source.claim.login,
                               found == stats.candidates.end() ? own : *found});
  }
  for (const auto& [id, present] : present_)
    view.viewers.push_back(look_at(id, present, stats.viewers));
  for (const auto& viewer : hls_.viewers())
    view.viewers.push_back(viewer);
  std::ranges::sort(view.viewers, {}, [](const ViewerView& viewer) { return viewer.stats.id; });
  const auto add_waiting = [&view](const Viewer& who) {
    if (std::ranges::find(view.waiting, who) == view.waiting.end()) view.waiting.push_back(who);
  };
  for (const Waiting& one : waiting_)
    add_waiting(one.guest.who);
  for (const Viewer& who : hls_.waiting())
    add_waiting(who);
  return view;
}

} // namespace relevo::sessions
