// SPDX-License-Identifier: LGPL-2.1-or-later
// What the player is told, and what it wants done.
#pragma once

#include "ace/reply.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace relevo::ace {

using Duration = std::chrono::microseconds;
using Instant = Duration; // since any fixed moment; never goes back

/// One opening of a session, from the wish to the last answer. Numbers are never used twice.
enum class SessionId : std::uint32_t {};

/// Why a session came to nothing, or broke off.
enum class Trouble : std::uint8_t {
  Unreachable, // no connection to the engine
  NoAnswer,    // connected, but it does not answer in time
  Status,      // an HTTP status that is no success
  BadReply,    // an answer that cannot be read
  Refused,     // the engine says that it cannot
  Busy,        // another session of this process plays the same there
  NotAStream,  // what it plays is no transport stream
  Ended,       // the stream ended
  Truncated,   // it broke off
  Stalled,     // no bytes, or prebuffering that gets nowhere
  Lost,        // the engine does not know the session any more
  Stopped,     // the engine said that it stops it
};
[[nodiscard]] std::string_view name_of(Trouble trouble) noexcept; // "unreachable", "no-answer" …

struct Problem {
  Trouble trouble = Trouble::Unreachable;
  int status = 0;     // with Trouble::Status
  std::string detail; // for people

  bool operator==(const Problem&) const = default;
};

namespace event {

struct Play {};
/// The way out: whatever is open is given back. Also after Fail it changes nothing.
struct Leave {};
struct Timer {};

// Answers to action::Start, exactly one for each. `statistics`: the engine can be asked for them.
struct Started {
  SessionId session{};
  bool statistics = true;
  bool notices = true;
};
struct StartFailed {
  SessionId session{};
  Problem problem;
};

// While a session is read.
struct Bytes {
  SessionId session{};
};
struct ReadFailed {
  SessionId session{};
  Problem problem;
};

// Answers to action::Poll.
struct StatisticsCame {
  SessionId session{};
  Statistics statistics;
};
struct StatisticsFailed {
  SessionId session{};
  bool unknown_session = false;
};

// Answers to action::Listen.
struct NoticeCame {
  SessionId session{};
  Notice notice;
};
struct NoticeFailed {
  SessionId session{};
  bool unknown_session = false;
};

/// Answer to action::Stop. The engine not knowing the session counts as done.
struct Stopped {
  SessionId session{};
  bool done = true;
};

} // namespace event

using Event = std::variant<event::Play, event::Leave, event::Timer, event::Started, event::StartFailed,
                           event::Bytes, event::ReadFailed, event::StatisticsCame, event::StatisticsFailed,
                           event::NoticeCame, event::NoticeFailed, event::Stopped>;

namespace action {

struct Start {
  SessionId session{};
  std::size_t engine = 0; // index in the list
};
/// The answer to Start is waited for no longer. Only what opens no session may be broken off; the answer has
/// still to be told.
struct Abandon {
  SessionId session{};
};
struct Read {
  SessionId session{};
};
struct Poll {
  SessionId session{};
  Instant at{}; // not before
};
struct Listen {
  SessionId session{};
  Instant at{}; // not before
};
/// Reading, polling and listening end at once, unanswered; the command that stops the session goes out.
struct Stop {
  SessionId session{};
  Instant at{}; // not before
};
/// Nothing of the session is needed any more. With `lost`, the engine never confirmed its end.
struct Release {
  SessionId session{};
  bool lost = false;
};
/// Replaces the timer before.
struct ArmTimer {
  Instant at{};
};

/// Decided: the session is given up, and its engine rests so long.
struct GiveUp {
  SessionId session{};
  std::size_t engine = 0;
  Problem problem;
  Duration rest{};
};
/// Decided: the source has failed.
struct Fail {
  Problem problem;
};
/// Left or failed, and every session is given back. The last action.
struct Done {};

} // namespace action

using Action =
    std::variant<action::Start, action::Abandon, action::Read, action::Poll, action::Listen, action::Stop,
                 action::Release, action::ArmTimer, action::GiveUp, action::Fail, action::Done>;

} // namespace relevo::ace
