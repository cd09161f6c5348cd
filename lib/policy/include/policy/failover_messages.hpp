// SPDX-License-Identifier: LGPL-2.1-or-later
// What the failover machine is told, and what it answers.
#pragma once

#include "policy/failure.hpp"
#include "policy/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace relevo::policy {

/// Stays with a source over all changes of the list. Another URL for the same source keeps it.
enum class CandidateId : std::uint32_t {};
/// One opening of a candidate; never used again.
enum class AttemptId : std::uint32_t {};

struct Candidate {
  CandidateId id;
  std::string label;    // for people
  std::string slot_key; // what its connections are counted by; empty: nobody counts them
  double penalty = 0;   // points it starts with when it is new to the list; they fade like all others
  Duration start{};     // the first byte may take so long at least: of what has to be started first
};

/// How many connections a slot key allows; at least one. A key that is not named allows one.
struct SlotLimit {
  std::string key;
  unsigned capacity = 1;
};

/// What may be wrong with a stream that arrives. Lasting, it is a failure.
enum class Ailment {
  Scrambled,
  NotTransportStream, // bytes without packets in them
  NoVideo,            // sound arrives, and the video of the programme does not
};
inline constexpr std::size_t kAilments = 3;

/// Why a source is opened or switched to.
enum class Reason {
  Start,
  Failure, // of the one before
  Removal, // of the one before from the list
  User,
  Standby, // to have it ready
  Return,  // it stands before the one that is on
};

/// "start", "failure" …
[[nodiscard]] std::string_view name_of(Reason reason) noexcept;

// Events. Those of an attempt that is closed are ignored. A later stage implies the stages before it.
namespace event {

struct Start {};
struct Stop {};
/// The time of the last ArmTimer has come, and all that happened up to now has been told: what is missing by
/// now is judged here alone.
struct Timer {};
/// The whole list. Of candidates with the same id, the first counts.
struct CandidatesChanged {
  std::vector<Candidate> candidates;
  std::vector<SlotLimit> slots;
};
struct SwitchTo {
  CandidateId candidate;
};
/// To the one behind the current one, in the order of the list.
struct Next {};

struct SlotGranted {
  AttemptId attempt;
};
/// Connected.
struct Opened {
  AttemptId attempt;
};
struct Bytes {
  AttemptId attempt;
};
/// The source gives its bytes in portions: silence this long is its nature (HLS: 2.5 target durations).
struct Rhythm {
  AttemptId attempt;
  Duration silence;
};
/// The programme is known.
struct Programme {
  AttemptId attempt;
  bool video;
};
/// A random access point is in hand: the stream can be spliced to at once.
struct RandomAccess {
  AttemptId attempt;
};
/// The media time that has been received, from any origin. To be told from the random access point on.
struct MediaTime {
  AttemptId attempt;
  Duration position;
};
/// An ailment begins or ends.
struct Hint {
  AttemptId attempt;
  Ailment ailment;
  bool present;
};
/// Others did not take what it has, for so long since this was last told: that time counts against nobody.
struct Held {
  AttemptId attempt;
  Duration duration;
};
/// The source is dead.
struct Failed {
  AttemptId attempt;
  Failure failure;
  int status = 0; // with Failure::Status
};

} // namespace event

using Event = std::variant<event::Start, event::Stop, event::Timer, event::CandidatesChanged, event::SwitchTo,
                           event::Next, event::SlotGranted, event::Opened, event::Bytes, event::Rhythm,
                           event::Programme, event::RandomAccess, event::MediaTime, event::Hint, event::Held,
                           event::Failed>;

// Actions, to be performed in their order. All of them are decisions to be told to the user, but ArmTimer.
namespace action {

/// Get a slot if the candidate has a key, then connect. The URL is asked for now: tokens may have changed.
struct Open {
  AttemptId attempt;
  CandidateId candidate;
  Reason reason;
  bool operator==(const Open&) const = default;
};
/// Drop the connection and give its slot back before the next action.
struct Close {
  AttemptId attempt;
  bool operator==(const Close&) const = default;
};
/// From its random access point this attempt is the output. The one before, if there is one, is closed next.
struct Splice {
  AttemptId attempt;
  CandidateId candidate;
  std::optional<CandidateId> from; // what was on last
  Reason reason;
  Duration gap; // since the last byte of the one before; zero where it was still on
  bool operator==(const Splice&) const = default;
};
struct StartSlate {
  bool operator==(const StartSlate&) const = default;
};
struct StopSlate {
  bool operator==(const StopSlate&) const = default;
};
/// Send Timer then. Replaces the time before it. To be early does no harm.
struct ArmTimer {
  Time at;
  bool operator==(const ArmTimer&) const = default;
};
/// An attempt was found wanting. It is closed by a Close of its own, now or when another one is on.
struct GiveUp {
  AttemptId attempt;
  CandidateId candidate;
  Verdict verdict;
  double penalty; // points of the candidate by now
  bool operator==(const GiveUp&) const = default;
};
/// All candidates have failed; they are tried again after the wait.
struct BackOff {
  Duration wait;
  bool operator==(const BackOff&) const = default;
};
/// A command came to nothing: stopped, not in the list, or no other candidate to go to.
struct Refuse {
  std::optional<CandidateId> candidate; // empty: Next
  bool operator==(const Refuse&) const = default;
};

} // namespace action

using Action =
    std::variant<action::Open, action::Close, action::Splice, action::StartSlate, action::StopSlate,
                 action::ArmTimer, action::GiveUp, action::BackOff, action::Refuse>;

} // namespace relevo::policy
