// SPDX-License-Identifier: LGPL-2.1-or-later
// One opening of a source, and its health.
#pragma once

#include "policy/failover_messages.hpp"
#include "policy/lag_window.hpp"

#include <array>
#include <optional>
#include <string>

namespace relevo::policy {

struct Deadlines {
  Duration slot = std::chrono::seconds{4};
  Duration connect = std::chrono::seconds{4};
  Duration first_byte = std::chrono::seconds{5};
  Duration video_entry = std::chrono::seconds{6}; // first random access point, from the first byte
  Duration audio_entry = std::chrono::seconds{3}; // the same where the programme has no video
  Duration silence = std::chrono::seconds{2};
  Duration slow_behind = std::chrono::seconds{3};
  Duration slow_window = std::chrono::seconds{12};
  Duration ailment = std::chrono::seconds{2};
};

/// Follows one attempt from stage to stage and knows when it has to be given up. Nothing of it outlives it.
class Attempt {
 public:
  Attempt(AttemptId id, const Candidate& candidate, const Deadlines& deadlines, Time now);

  void on(const event::SlotGranted&, Time now);
  void on(const event::Opened&, Time now);
  void on(const event::Bytes&, Time now);
  void on(const event::Rhythm& rhythm, Time now);
  void on(const event::Programme& programme, Time now);
  void on(const event::RandomAccess&, Time now);
  void on(const event::MediaTime& media, Time now);
  void on(const event::Hint& hint, Time now);
  void on(const event::Held& held, Time now);

  /// Why it has to be given up by now, if it has.
  [[nodiscard]] std::optional<Verdict> judge(Time now);
  /// When judge() has something to say if nothing comes.
  [[nodiscard]] Time deadline() const { return next_due().at; }
  /// From now on only silence is judged: its end is decided, and it plays on as long as it can.
  void tolerate() noexcept { tolerated_ = true; }

  [[nodiscard]] AttemptId id() const noexcept { return id_; }
  [[nodiscard]] CandidateId candidate() const noexcept { return candidate_; }
  [[nodiscard]] const std::string& slot_key() const noexcept { return slot_key_; }
  /// It can be spliced to.
  [[nodiscard]] bool ready() const noexcept { return stage_ == Stage::Running; }
  /// Since when it has been ready and without ailments; empty while it is not.
  [[nodiscard]] std::optional<Time> healthy_since() const;
  [[nodiscard]] Time last_byte() const noexcept { return last_byte_; }

 private:
  enum class Stage { Slot, Connect, FirstByte, Entry, Running };
  struct Due {
    Time at;
    Duration limit;
    Failure failure;
  };

  void enter(Stage stage, Time now);
  [[nodiscard]] std::optional<Due> stage_due() const;
  [[nodiscard]] Due next_due() const;

  AttemptId id_;
  CandidateId candidate_;
  std::string slot_key_; // as it was when the slot was taken
  Deadlines deadlines_;
  Stage stage_;
  Time stage_since_;
  Time last_byte_{};
  Time well_since_{}; // end of the last ailment
  bool video_ = true; // until the programme says otherwise
  bool tolerated_ = false;
  std::array<std::optional<Time>, kAilments> ailing_since_;
  LagWindow lag_;
};

} // namespace relevo::policy
