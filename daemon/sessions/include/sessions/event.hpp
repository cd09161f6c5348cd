// SPDX-License-Identifier: LGPL-2.1-or-later
// What happens in sessions, for whoever writes it down or shows it; and how sessions stand, as values.
#pragma once

#include "channel/channel_spec.hpp"
#include "model/ids.hpp"
#include "slots/ledger.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::sessions {

using SessionId = std::uint64_t; // 0: none; never given again while the daemon runs
using ViewerId = std::uint64_t;  // likewise; a viewer may have several connections
using WallTime = std::chrono::system_clock::time_point;

/// Of a client who asked for a channel.
struct Viewer {
  std::string address;
  std::string agent{}; // what his player calls itself
  std::string user{};  // "": nobody in particular

  bool operator==(const Viewer&) const = default;
};

/// Why a session was closed, or a viewer not let in: what the text beside it says, as one word.
enum class Cause {
  None,
  Unwatched,
  Removed,      // the channel is gone
  RoomMade,     // for a channel that matters more
  Stopped,      // by somebody
  NoSource,     // none works
  NoConnection, // all are in use
  Failed,       // we did
  SentAway,
  Misasked, // for what is not there
};
[[nodiscard]] std::string_view name_of(Cause cause) noexcept; // "unwatched" …; of None ""

/// What keeps a candidate from a connection.
struct Obstacle {
  std::string candidate{};              // for people
  std::optional<slots::Refusal> what{}; // empty: nothing is known of it

  bool operator==(const Obstacle&) const = default;
};
/// "joe: the login has 1 of 1 connections in use: News"
[[nodiscard]] std::string describe(const Obstacle& obstacle);

enum class Happening {
  SessionOpened,
  SessionClosed,     // cause, reason; bytes of all its viewers
  CandidateTried,    // stream, candidate, reason
  CandidateFailed,   // stream, candidate, failure, status, text, measured, limit, penalty
  SlotRefused,       // stream, candidate, obstacle, and what that is as text
  ConnectionAwaited, // obstacle, text: likewise; limit: how long it is waited for
  Switched,          // stream, candidate, from, reason, gap
  AllFailed,         // wait, until they are tried again
  SlateShown,
  SlateHidden,
  ViewerJoined,     // viewer, who, kind
  ViewerRefused,    // who, status, cause, text
  ViewerRedirected, // who, stream, candidate: he was sent there, and is out of our sight
  ViewerLeft,       // viewer, who, reason, bytes, skips
};
[[nodiscard]] std::string_view name_of(Happening happening) noexcept; // "session-opened" …

/// Members that the happening does not name say nothing.
struct Event {
  Happening what = Happening::SessionOpened;
  WallTime at{};
  SessionId session = 0;
  model::ChannelId channel{};
  std::string channel_name{};

  model::StreamId stream{};
  std::string candidate{}; // for people, as the next one
  std::string from{};
  std::string reason{};
  std::string failure{}; // a name of policy::Failure
  int status = 0;
  std::string text{};
  Cause cause = Cause::None;
  std::optional<Obstacle> obstacle{};
  std::chrono::nanoseconds measured{};
  std::chrono::nanoseconds limit{};
  std::chrono::nanoseconds gap{};
  std::chrono::nanoseconds wait{};
  double penalty = 0;

  ViewerId viewer = 0;
  Viewer who{};
  std::string kind{}; // how he watches, a name of ViewerKind
  std::uint64_t bytes = 0;
  std::uint64_t skips = 0;
};

/// One line for the log, with what says something.
[[nodiscard]] std::string describe(const Event& event);

/// A sentence for people: what happened, and why. The channel is not named.
[[nodiscard]] std::string summarise(const Event& event);
/// Of CandidateFailed, what was wrong with it: "it ended", "HTTP status 404" …
[[nodiscard]] std::string explain_failure(const Event& event);

enum class State {
  Opening,  // viewers wait for the first picture, or for a connection that is just given back
  Queued,   // all connections are in use: viewers see the slate, if there is one, until one is free
  Live,     // somebody watches
  Draining, // nobody watches; who comes in time finds it running
  Closing,  // its connections are being closed
};
[[nodiscard]] std::string_view name_of(State state) noexcept; // "opening" …

enum class ViewerKind { Ts, Hls };
[[nodiscard]] std::string_view name_of(ViewerKind kind) noexcept; // "ts" …

struct ViewerView {
  ViewerKind kind = ViewerKind::Ts;
  channel::ViewerStats stats{}; // its id is the viewer's
  std::size_t connections = 0;  // open now; of HLS, those that are being answered
  Viewer who{};
  WallTime since{};
};

struct SessionView {
  SessionId id = 0;
  model::ChannelId channel{};
  std::string channel_uuid{};
  std::string channel_name{};
  State state = State::Opening;
  WallTime since{};
  std::optional<Obstacle> waits_for{}; // while it is queued
  std::string current{};               // id of the candidate that is on; "": none
  std::uint64_t switches = 0;
  std::uint64_t received = 0; // bytes of all its sources since it was opened
  channel::Facts facts{};

  struct Candidate {
    std::string label{};
    model::StreamId stream{};
    model::LoginId login{};
    channel::CandidateStats stats{}; // its id at least
  };
  std::vector<Candidate> candidates{}; // the best first
  std::vector<ViewerView> viewers{};   // by age
  std::vector<Viewer> waiting{};       // for the first picture
};

} // namespace relevo::sessions
