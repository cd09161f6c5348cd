// SPDX-License-Identifier: LGPL-2.1-or-later
// One opening of a source, and its health.
#include "policy/attempt.hpp"

#include <algorithm>

namespace relevo::policy {
namespace {

Failure failure_of(std::size_t ailment) {
  switch (static_cast<Ailment>(ailment)) {
  case Ailment::Scrambled: return Failure::Scrambled;
  case Ailment::NotTransportStream: return Failure::NotTransportStream;
  case Ailment::NoVideo: return Failure::NoVideo;
  }
  return Failure::Other;
}

} // namespace

Attempt::Attempt(AttemptId id, const Candidate& candidate, const Deadlines& deadlines, Time now)
    : id_(id),
      candidate_(candidate.id),
      slot_key_(candidate.slot_key),
      deadlines_(deadlines),
      stage_(candidate.slot_key.empty() ? Stage::Connect : Stage::Slot),
      stage_since_(now),
      last_byte_(now),
      well_since_(now),
      lag_(deadlines.slow_behind, deadlines.slow_window) {}

void Attempt::enter(Stage stage, Time now) {
  if (stage <= stage_) return;
  stage_ = stage;
  stage_since_ = now;
}

void Attempt::on(const event::SlotGranted&, Time now) {
  enter(Stage::Connect, now);
}

void Attempt::on(const event::Opened&, Time now) {
  enter(Stage::FirstByte, now);
}

void Attempt::on(const event::Bytes&, Time now) {
  last_byte_ = now;
  enter(Stage::Entry, now);
}

void Attempt::on(const event::Rhythm& rhythm, Time) {
  const Duration silence = std::max(rhythm.silence, deadlines_.silence);
  // Media comes with the bytes: it cannot be expected in a finer rhythm than they are.
  const Duration behind = std::max(silence, deadlines_.slow_behind);
  lag_.set_limits(behind, std::max(behind * 4, deadlines_.slow_window));
  deadlines_.silence = silence;
}

void Attempt::on(const event::Programme& programme, Time) {
  video_ = programme.video;
}

void Attempt::on(const event::RandomAccess&, Time now) {
  if (ready()) return;
  last_byte_ = now;
  enter(Stage::Running, now);
  lag_.restart(now);
}

void Attempt::on(const event::MediaTime& media, Time now) {
  if (ready()) lag_.add(now, media.position);
}

void Attempt::on(const event::Hint& hint, Time now) {
  std::optional<Time>& since = ailing_since_[static_cast<std::size_t>(hint.ailment)];
  if (since.has_value() == hint.present) return;
  if (hint.present) {
    since = now;
  } else {
    since.reset();
    well_since_ = now;
  }
}

void Attempt::on(const event::Held& held, Time now) {
  last_byte_ = std::min(last_byte_ + held.duration, now);
  for (std::optional<Time>& since : ailing_since_)
    if (since) since = std::min(*since + held.duration, now);
  lag_.hold(held.duration);
}

std::optional<Verdict> Attempt::judge(Time now) {
  lag_.expire(now);
  const Due due = next_due();
  if (due.at > now) return std::nullopt;
  return Verdict{due.failure, 0, now - due.at + due.limit, due.limit};
}

std::optional<Time> Attempt::healthy_since() const {
  const bool ailing = std::any_of(ailing_since_.begin(), ailing_since_.end(),
                                  [](const std::optional<Time>& since) { return since.has_value(); });
  if (!ready() || ailing) return std::nullopt;
  return std::max(stage_since_, well_since_);
}

std::optional<Attempt::Due> Attempt::stage_due() const {
  const auto due = [this](Duration limit, Failure failure) {
    return Due{stage_since_ + limit, limit, failure};
  };
  switch (stage_) {
  case Stage::Slot: return due(deadlines_.slot, Failure::SlotTimeout);
  case Stage::Connect: return due(deadlines_.connect, Failure::ConnectTimeout);
  case Stage::FirstByte: return due(deadlines_.first_byte, Failure::FirstByteTimeout);
  case Stage::Entry:
    return due(video_ ? deadlines_.video_entry : deadlines_.audio_entry, Failure::EntryTimeout);
  case Stage::Running: return std::nullopt;
  }
  return std::nullopt;
}

Attempt::Due Attempt::next_due() const {
  const Due silent{last_byte_ + deadlines_.silence, deadlines_.silence, Failure::Stalled};
  Due first = stage_due().value_or(silent);
  const auto consider = [&first](const Due& due) {
    if (due.at < first.at) first = due;
  };
  if (stage_ < Stage::Entry) return first;
  consider(silent);
  if (tolerated_) return first;
  for (std::size_t i = 0; i < kAilments; ++i)
    if (const auto& since = ailing_since_[i])
      consider({*since + deadlines_.ailment, deadlines_.ailment, failure_of(i)});
  if (ready()) consider({lag_.deadline(), lag_.behind(), Failure::Slow});
  return first;
}

} // namespace relevo::policy
