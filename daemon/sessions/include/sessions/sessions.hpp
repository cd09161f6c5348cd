// SPDX-License-Identifier: LGPL-2.1-or-later
// Sessions: the channels that play now, and who watches them.
#pragma once

#include "gx/context.hpp"
#include "gx/descriptor.hpp"
#include "model/measured.hpp"
#include "policy/penalty.hpp"
#include "sessions/candidates.hpp"
#include "sessions/event.hpp"
#include "sessions/hls_guest.hpp"
#include "sessions/settings.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <unordered_map>

namespace relevo::sessions {

/// What is known of the time before.
struct Memory {
  std::vector<model::StreamPenalty> penalties{};
  SessionId last_session = 0; // numbers go on behind it
  // Must not call back.
  std::function<void(const model::StreamPenalty&)> on_penalty{}; // a stream has another one than before
  std::function<void(const model::Measured&)> on_measured{};     // now and then, of what plays
};

/// He is not let in. The socket is his, with nothing sent; none where he cannot be answered any more.
struct Refused {
  int status = 503; // of HTTP
  std::string reason{};
  std::chrono::seconds retry_after{}; // 0: it is no use
  std::string location{};             // with 302: where he is to go instead
  gx::Descriptor socket{};
  Cause cause = Cause::None;
};

/// Somebody who wants to watch.
struct Guest {
  Viewer who{};
  gx::Descriptor socket{};        // connected; HTTP asked, nothing answered
  std::string head{};             // of the answer, for when he is let in
  std::shared_ptr<void> ticket{}; // kept for as long as he is here
  int priority = 0;               // for Settings::preempt
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
  /// The uuids of the channels on either side of this one, so many of each, those that are wanted first
  /// first.
  using Neighbours = std::function<std::vector<std::string>(const Plan& plan, unsigned each_side)>;

  /// `find` is asked when a channel is opened; where it throws a sqlite::Failure, guests are told. `ledger`
  /// counts the connections. `tell` must not call back.
  Sessions(Settings settings, slots::Ledger ledger, Find find, Tell tell, Memory memory = {});
  Sessions(const Sessions&) = delete;
  Sessions& operator=(const Sessions&) = delete;
  /// Waits until all connections are closed. Viewers go; who waits is not answered.
  ~Sessions();

  /// One of the guest's functions is called, perhaps before this returns; none where he hangs up first.
  void watch(std::string_view reference, Guest guest);
  /// Of a preview.
  void watch(Plan plan, Guest guest);

  /// The same for HLS: who asks holds the channel open until he has been silent for three target durations. A
  /// file is asked for by the channel's uuid, and opens nothing.
  void watch(std::string_view reference, HlsGuest guest);

  /// The catalogue has changed: what plays goes on with what it is played from now. A channel that is no
  /// longer there is closed. Previews go on as they are.
  void renew();

  /// From now on, where the settings want it: channels beside those that are watched are opened ahead, one
  /// after the other, while connections are free. They make room for anybody.
  void open_neighbours(Neighbours neighbours);

  // Wishes of a user. False: there is no such session, or viewer.
  bool switch_to(SessionId session, const std::string& candidate);
  bool next(SessionId session);
  bool stop(SessionId session);
  bool kick(ViewerId viewer); // who then asks for HLS with the same key is refused

  [[nodiscard]] std::vector<SessionView> view() const; // by age
  /// Connections to providers that are open, or being opened or closed; the oldest first.
  [[nodiscard]] std::vector<slots::Ledger::Entry> leases() const { return ledger_.entries(); }

 private:
  friend class Session;

  // What sessions ask and say. Those marked with * may destroy the session: it touches nothing afterwards.
  void tell(const Event& event) const { tell_(event); }
  void add_penalty(model::StreamId stream, const policy::Verdict& verdict);
  void note_facts(model::StreamId stream, const channel::Facts& facts) const;
  [[nodiscard]] double penalty_of(model::StreamId stream) const;
  [[nodiscard]] bool make_room(const Session& session);
  void on_full(Session& session, const Obstacle& obstacle);              // *
  void retire(Session& session, Cause cause, const std::string& reason); // *
  void bury(Session& session);                                           // *

  [[nodiscard]] ViewerId make_viewer_id() noexcept { return ++last_viewer_; }
  /// Numbers of segments never come again, also after the daemon was started again.
  [[nodiscard]] std::uint64_t first_segment(model::ChannelId channel) const;
  void note_segments(model::ChannelId channel, std::uint64_t end);
  /// Who is known by this gets no HLS for some time.
  void send_away(const std::string& identity);
  /// Whether he watches already, or may begin to.
  [[nodiscard]] static bool let_in(const Session* session, HlsGuest& guest);

  template <class G>
  [[nodiscard]] std::optional<Plan> look_up(std::string_view reference, G& guest); // empty: he was told why
  template <class G>
  void enter(Plan plan, G guest);
  Session& add(Plan plan);
  void open(Session& session); // *
  void open_who_waits();
  [[nodiscard]] std::vector<SessionId> find_who_waits(bool queued) const;
  void look_again();
  [[nodiscard]] bool somebody_asks() const;
  void look_around();
  [[nodiscard]] std::vector<SessionId> find_watched() const;
  bool open_ahead(Session& beside, const std::string& uuid);
  [[nodiscard]] Refused redirect(const Viewer& who, const Plan& plan, const Source& source) const;
  [[nodiscard]] const Source* find_best(const Plan& plan) const;
  [[nodiscard]] tl::expected<void, slots::Refusal> check(const Source& source) const;
  [[nodiscard]] std::vector<slots::Refusal> find_obstacles(const Plan& plan) const;
  [[nodiscard]] Session* find(SessionId id) const;
  [[nodiscard]] Session* find_open(std::string_view uuid) const;

  const Settings settings_;
  slots::Ledger ledger_;
  const Find find_;
  const Tell tell_;
  const std::function<void(const model::StreamPenalty&)> on_penalty_;
  const std::function<void(const model::Measured&)> on_measured_;
  std::unordered_map<model::StreamId, policy::Penalty> penalties_;
  std::unordered_map<model::ChannelId, std::uint64_t> segments_;           // the next number of each
  std::map<std::string, std::chrono::steady_clock::time_point> sent_away_; // from HLS, by identity
  SessionId last_;
  ViewerId last_viewer_ = 0;
  gx::Source look_; // while sessions are queued
  Neighbours neighbours_;
  gx::Source around_;                              // where neighbours are opened
  std::vector<std::unique_ptr<Session>> sessions_; // by age
};

} // namespace relevo::sessions
