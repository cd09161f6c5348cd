// SPDX-License-Identifier: LGPL-2.1-or-later
// Session: one channel that plays, from its first viewer until it has closed behind the last one.
#pragma once

#include "gx/context.hpp"
#include "hls_audience.hpp"
#include "sessions/sessions.hpp"
#include "slot_desk.hpp"

#include <limits>
#include <list>
#include <map>
#include <set>

namespace relevo::sessions {

/// Belongs to Sessions, which decides what concerns more than one of them. Methods marked with * may end with
/// its destruction.
class Session {
 public:
  Session(SessionId id, Plan plan, Sessions& house);

  [[nodiscard]] SessionId id() const noexcept { return id_; }
  [[nodiscard]] const Plan& plan() const noexcept { return plan_; }
  [[nodiscard]] const std::string& holder() const noexcept { return holder_; }
  [[nodiscard]] State state() const noexcept;
  /// It is watched, and may not open a source yet.
  [[nodiscard]] bool wants_connection() const noexcept;
  [[nodiscard]] bool is_queued() const noexcept { return waits_for_.has_value(); }
  /// Of its viewers, the highest.
  [[nodiscard]] int priority() const noexcept;
  [[nodiscard]] std::size_t viewers() const { return present_.size() + waiting_.size() + hls_.all().size(); }
  /// Nobody else watches or waits.
  [[nodiscard]] bool is_alone(const Viewer& who) const;
  /// Who waits first; empty: nobody.
  [[nodiscard]] std::optional<Viewer> first_waiting() const;

  void admit(Guest guest);
  void admit(HlsGuest guest);
  [[nodiscard]] bool knows(const HlsGuest& guest) const { return hls_.knows(guest); }
  /// When there may be a connection for it.
  void start(); // *
  /// There is none: its viewers see the slate until start(), or until they have waited long enough.
  void queue(const Obstacle& obstacle); // *
  /// Without a viewer, who may come.
  void open_ahead(); // *
  [[nodiscard]] bool is_ahead() const noexcept { return ahead_; }
  /// It is a session as any other now, which goes when nobody comes.
  void let_go();
  /// It is watched, and has been for so long.
  [[nodiscard]] bool is_watched_for(std::chrono::milliseconds time) const;
  /// Whether a neighbour may be opened because of this one: once for each.
  [[nodiscard]] bool may_open(const std::string& neighbour) { return opened_.insert(neighbour).second; }
  /// It was started, and nothing has come of it yet.
  [[nodiscard]] bool is_asking() const noexcept { return asking_ && closing_.empty(); }
  /// Viewers are here who would lose what they see.
  [[nodiscard]] bool has_played() const noexcept { return on_air_ && !limit_.active(); }
  /// Goes on with other sources.
  void renew(Plan plan);
  /// Nobody waits any more.
  void refuse_all(int status, Cause cause, const std::string& why);
  void close(Cause cause, const std::string& reason); // *

  void switch_to(const std::string& candidate);
  void next();
  bool kick(ViewerId viewer);

  [[nodiscard]] SessionView view() const;

 private:
  struct Waiting {
    Guest guest;
    gx::Source gone; // tells that he hung up
  };
  /// Of a transport stream. Players open several connections at once.
  struct Present {
    Viewer who;
    WallTime since;
    int priority = std::numeric_limits<int>::min();
    std::map<channel::ViewerId, std::shared_ptr<void>> connections{}; // of the pipeline, with their tickets
    std::uint64_t bytes = 0;                                          // of those that have gone
    std::uint64_t skips = 0;
  };
  using Crowd = std::map<ViewerId, Present>;

  void wait(Guest guest);
  void on_readable(std::list<Waiting>::iterator who);
  void join(Guest guest);
  [[nodiscard]] Crowd::iterator find_present(channel::ViewerId connection);
  void on_air();
  void check_empty();

  [[nodiscard]] HlsAudience::Hooks hooks();
  void start_hls();
  void stop_hls();
  void on_hls_joined(const ViewerView& viewer) const;
  void on_hls_left(const ViewerView& viewer, const std::string& reason);
  void on_hls_failed(const std::string& text);

  // What the pipeline says.
  void on_decision(const channel::Decision& decision); // *
  void on_switch(const channel::Decision& decision);
  void on_give_up(const channel::Decision& decision);
  void on_all_failed(); // *
  void on_viewer_gone(const channel::Departure& departure);
  void on_failed(const std::string& text); // *
  void on_opening_over();                  // *
  void on_limit();                         // *
  void on_closed();                        // *

  void measure(const std::string& candidate, std::chrono::milliseconds pause, int looks);
  void look_at_facts(const std::string& candidate, int looks);

  bool make_pipeline(channel::Sources sources); // *, false: it has failed
  [[nodiscard]] channel::Sources make_sources() const;
  [[nodiscard]] const Source* find_source(const std::string& candidate) const;
  [[nodiscard]] Event event(Happening what) const;
  [[nodiscard]] Event event(Happening what, const channel::Decision& decision) const;
  void tell_refused(const Viewer& who, const Refused& refused) const;
  [[nodiscard]] static ViewerView look_at(ViewerId id, const Present& present,
                                          const std::vector<channel::ViewerStats>& connections);
  [[nodiscard]] Refused refusal(int status, Cause cause, const std::string& why) const;

  const SessionId id_;
  Plan plan_;
  const std::string holder_; // of its leases, as people and the ledger know it
  const WallTime since_;
  Sessions& house_;
  const std::shared_ptr<SlotDesk> desk_; // shared with the pipeline's threads

  std::list<Waiting> waiting_;
  Crowd present_;
  HlsAudience hls_;
  std::map<std::string, std::string> round_; // how candidates failed since all were tried last
  std::string last_failure_;                 // for people
  Obstacle last_obstacle_;
  std::uint64_t bytes_ = 0;      // of viewers who have gone
  bool asking_ = false;          // for its first connection since start()
  bool ahead_ = false;           // nobody has asked for it yet
  std::set<std::string> opened_; // its neighbours, by uuid
  bool on_air_ = false;          // there is something to show
  std::string closing_;          // why; "": it is open
  Cause cause_ = Cause::None;    // of closing
  gx::Source linger_;
  gx::Source opening_;
  gx::Source measure_;                                 // while a source is on
  std::optional<Obstacle> waits_for_;                  // empty: it is not queued
  gx::Source limit_;                                   // of waiting for a connection, until a source plays
  std::unique_ptr<channel::ChannelPipeline> pipeline_; // last: it goes first
};

} // namespace relevo::sessions
