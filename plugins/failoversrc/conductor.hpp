// SPDX-License-Identifier: LGPL-2.1-or-later
// Conductor: the thread that steps the failover machine and performs what it says.
#pragma once

#include "feed.hpp"
#include "gstx/make_source.hpp"
#include "gstx/source_failure.hpp"
#include "gx/trampoline.hpp"
#include "settings.hpp"
#include "slate.hpp"
#include "statistics.hpp"

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace relevo::failoversrc {

/// What the conductor needs of the element around it. Called in the conductor's thread, without a lock.
class Host {
 public:
  virtual ~Host() = default;

  /// False: the login has no free connection.
  [[nodiscard]] virtual bool request_slot(const CandidateSpec& candidate) = 0;
  virtual void release_slot(const CandidateSpec& candidate) = 0;
  /// The URL to open now: tokens may have changed.
  [[nodiscard]] virtual std::string resolve_uri(const CandidateSpec& candidate) = 0;
  virtual void report(gstx::Structure decision) = 0;
};

/// Runs from start() to stop(). All other members may be called from any thread.
class Conductor {
 public:
  Conductor(const Settings& settings, Output& output, GstBin* bin, Host& host);
  Conductor(const Conductor&) = delete;
  Conductor& operator=(const Conductor&) = delete;
  ~Conductor() { stop(); }

  /// Once it can be found by whoever gets the messages of sources: they may come before this returns.
  void start();
  /// Closes everything; afterwards nothing happens any more. Not from a thread of a source.
  void stop();

  void set_list(std::vector<CandidateSpec> candidates, std::vector<policy::SlotLimit> slots);
  void switch_to(std::string id);
  void next();
  /// A message of the element of a feed.
  void on_message(FeedId feed, GstMessage* message);

  [[nodiscard]] gstx::Structure stats();

 private:
  struct List {
    std::vector<CandidateSpec> candidates;
    std::vector<policy::SlotLimit> slots;
  };
  struct SwitchTo {
    std::string id;
  };
  struct Told {
    policy::Event event;
  };
  struct SourceFailed {
    policy::AttemptId attempt;
    gstx::SourceFailure failure;
  };
  struct Heard {
    FeedId feed;
    std::variant<Told, SourceFailed> what;
  };
  struct Message {
    policy::Time at; // when it happened, however late it is looked at
    std::variant<Told, SourceFailed, Heard, List, SwitchTo> what;
  };
  struct Seen {
    policy::AttemptId attempt;
    Signs signs;
  };
  struct Opening {
    CandidateSpec candidate; // as it was opened
    bool has_slot = false;
    std::optional<gstx::Form> form; // in which it is read, where its address did not say so
    unsigned turns = 0;             // feeds that it had
    std::unique_ptr<Feed> feed;
    Signs told;          // what the machine knows of it
    std::string failure; // what it said of it, when it failed
  };

  template <class What>
  void post(What what);
  void run();
  [[nodiscard]] std::deque<Message> wait();
  void handle(const Told& told, policy::Time at);
  void handle(const SourceFailed& failed, policy::Time at);
  void handle(const Heard& heard, policy::Time at);
  void handle(const List& list, policy::Time at);
  void handle(const SwitchTo& wish, policy::Time at);
  void step(const policy::Event& event, policy::Time at);
  void measure(const policy::Event& event, policy::Time at);
  [[nodiscard]] std::vector<Seen> look();
  void tell(const Seen& seen, policy::Time at);

  // What the machine decides (conductor_actions.cpp).
  void perform(const policy::action::Open& open);
  void perform(const policy::action::Close& close);
  void perform(const policy::action::Splice& splice);
  void perform(const policy::action::StartSlate& start);
  void perform(const policy::action::StopSlate& stop);
  void perform(const policy::action::ArmTimer& arm);
  void perform(const policy::action::GiveUp& given_up);
  void perform(const policy::action::BackOff& back_off);
  void perform(const policy::action::Refuse& refused);
  [[nodiscard]] bool take_slot(policy::AttemptId attempt, Opening& opening);
  void read(policy::AttemptId attempt, Opening& opening);
  void read_as(gstx::Form form, policy::AttemptId attempt, Opening& opening);
  void fail(policy::AttemptId attempt, gstx::SourceFailure failure);
  void refuse(const std::string& id);

  Output& output_;
  GstBin* bin_;
  Host& host_;
  const std::chrono::milliseconds connect_timeout_, first_byte_timeout_;

  // In the conductor's thread alone.
  policy::Failover machine_;
  CandidateBook book_;
  std::map<policy::AttemptId, Opening> openings_;
  std::optional<policy::Time> timer_;
  Slate slate_;

  gx::Guarded<Statistics> statistics_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Message> inbox_; // under mutex_, as the next one
  bool stopping_ = false;
  std::thread thread_; // last: it uses the others
};

template <class What>
void Conductor::post(What what) {
  const std::lock_guard lock(mutex_);
  inbox_.push_back({now(), std::move(what)});
  wake_.notify_one();
}

} // namespace relevo::failoversrc
