// SPDX-License-Identifier: LGPL-2.1-or-later
// Session: one channel that plays, from its first viewer until it has closed behind the last one.
#pragma once

#include "gx/context.hpp"
#include "sessions/sessions.hpp"
#include "slot_desk.hpp"

#include <list>
#include <map>

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
  [[nodiscard]] bool started() const noexcept { return pipeline_ != nullptr; }
  /// Nobody else watches or waits.
  [[nodiscard]] bool is_alone(const Viewer& who) const;
  /// Who waits first; null: nobody.
  [[nodiscard]] const Viewer* first_waiting() const;

  void admit(Guest guest);
  /// Once, when there may be a connection for it.
  void start(); // *
  /// Goes on with other sources.
  void renew(Plan plan);
  /// Nobody waits any more.
  void refuse_all(int status, const std::string& why);
  void close(const std::string& reason); // *

  void switch_to(const std::string& candidate);
  void next();
  bool kick(channel::ViewerId viewer);

  [[nodiscard]] SessionView view() const;

 private:
  struct Waiting {
    Guest guest;
    gx::Source gone; // tells that he hung up
  };
  struct Present {
    Viewer who;
    std::shared_ptr<void> ticket;
    WallTime since;
  };

  void wait(Guest guest);
  void on_readable(std::list<Waiting>::iterator who);
  void join(Guest guest);
  void on_air();
  void check_empty();

  // What the pipeline says.
  void on_decision(const channel::Decision& decision); // *
  void on_give_up(const channel::Decision& decision);
  void on_all_failed(); // *
  void on_viewer_gone(const channel::Departure& departure);
  void on_failed(const std::string& text); // *
  void on_opening_over();                  // *
  void on_closed();                        // *

  [[nodiscard]] channel::Sources make_sources() const;
  [[nodiscard]] const Source* find_source(const std::string& candidate) const;
  [[nodiscard]] Event event(Happening what) const;
  [[nodiscard]] Event event(Happening what, const channel::Decision& decision) const;
  [[nodiscard]] Refused refusal(int status, const std::string& why) const;

  const SessionId id_;
  Plan plan_;
  const std::string holder_; // of its leases, as people and the ledger know it
  const WallTime since_;
  Sessions& house_;
  const std::shared_ptr<SlotDesk> desk_; // shared with the pipeline's threads

  std::list<Waiting> waiting_;
  std::map<channel::ViewerId, Present> present_;
  std::map<std::string, std::string> round_; // how candidates failed since all were tried last
  std::string last_failure_;                 // for people
  std::uint64_t bytes_ = 0;                  // of viewers who have gone
  bool on_air_ = false;                      // there is something to show
  std::string closing_;                      // why; "": it is open
  gx::Source linger_;
  gx::Source opening_;
  std::unique_ptr<channel::ChannelPipeline> pipeline_; // last: it goes first
};

} // namespace relevo::sessions
