// SPDX-License-Identifier: LGPL-2.1-or-later
// Sessions: the channels that play now, and who watches them.
#pragma once

#include "gx/descriptor.hpp"
#include "model/past_event.hpp"
#include "policy/penalty.hpp"
#include "sessions/candidates.hpp"
#include "sessions/event.hpp"
#include "sessions/settings.hpp"

#include <functional>
#include <memory>
#include <unordered_map>

namespace relevo::sessions {

/// What is known of the time before.
struct Memory {
  std::vector<model::StreamPenalty> penalties{};
  SessionId last_session = 0; // numbers go on behind it
  /// Called when a stream has another penalty than before. Must not call back.
  std::function<void(const model::StreamPenalty&)> on_penalty{};
};

/// He is not let in. The socket is his, with nothing sent; none where he cannot be answered any more.
struct Refused {
  int status = 503; // of HTTP
  std::string reason{};
  std::chrono::seconds retry_after{}; // 0: it is no use
  gx::Descriptor socket{};
};

/// Somebody who wants to watch.
struct Guest {
  Viewer who{};
  gx::Descriptor socket{};        // connected; HTTP asked, nothing answered
  std::string head{};             // of the answer, for when he is let in
  std::shared_ptr<void> ticket{}; // kept for as long as he is here
  std::function<void()> on_joined{};
  std::function<void(Refused)> on_refused{};
};

class Session;

/// One session for each channel that is watched, with as many viewers as come. Lives in the thread of the
/// default main context; everything is called there. The head of an answer goes out when the first picture is
/// there: until then a status can still say that nothing can be shown.
class Sessions {
 public:
  using Find = std::function<std::optional<Plan>(std::string_view reference)>;
  using Tell = std::function<void(const Event&)>;

  /// `find` is asked when a channel is opened; what it throws is thrown by watch(). `ledger` counts the
  /// connections. `tell` must not call back.
  Sessions(Settings settings, slots::Ledger ledger, Find find, Tell tell, Memory memory = {});
  Sessions(const Sessions&) = delete;
  Sessions& operator=(const Sessions&) = delete;
  /// Waits until all connections are closed. Viewers go; who waits is not answered.
  ~Sessions();

  /// One of the guest's functions is called, perhaps before this returns; none where he hangs up first.
  void watch(std::string_view reference, Guest guest);

  /// The catalogue has changed: what plays goes on with what it is played from now. A channel that is no
  /// longer there is closed.
  void renew();

  // Wishes of a user. False: there is no such session, or viewer.
  bool switch_to(SessionId session, const std::string& candidate);
  bool next(SessionId session);
  bool stop(SessionId session);
  bool kick(channel::ViewerId viewer);

  [[nodiscard]] std::vector<SessionView> view() const; // by age
  /// To providers, the oldest first.
  [[nodiscard]] std::vector<slots::Ledger::Entry> connections() const { return ledger_.entries(); }

 private:
  friend class Session;

  // What sessions ask and say. Those marked with * may destroy the session: it touches nothing afterwards.
  void tell(const Event& event) const { tell_(event); }
  void add_penalty(model::StreamId stream, const policy::Verdict& verdict);
  [[nodiscard]] double penalty_of(model::StreamId stream) const;
  [[nodiscard]] bool make_room(const Session& session);
  void retire(Session& session, const std::string& reason); // *
  void bury(Session& session);                              // *

  void open(Session& session); // *
  void open_who_waits();
  [[nodiscard]] std::vector<slots::Refusal> find_obstacles(const Plan& plan) const;
  [[nodiscard]] Session* find(SessionId id) const;
  [[nodiscard]] Session* find_open(model::ChannelId channel) const;

  const Settings settings_;
  slots::Ledger ledger_;
  const Find find_;
  const Tell tell_;
  const std::function<void(const model::StreamPenalty&)> on_penalty_;
  std::unordered_map<model::StreamId, policy::Penalty> penalties_;
  SessionId last_;
  std::vector<std::unique_ptr<Session>> sessions_; // by age
};

} // namespace relevo::sessions
