// SPDX-License-Identifier: LGPL-2.1-or-later
// The player of one channel as a machine: on which engine a session is opened, when it is given up, and how
// each one is given back.
#pragma once

#include "ace/player_messages.hpp"

#include <optional>
#include <vector>

namespace relevo::ace {

struct PlayerSettings {
  std::size_t engines = 1;
  unsigned rounds = 2;                              // that all engines may fail in a row; 0: any number
  Duration start = std::chrono::seconds{15};        // until the engine has opened the session
  Duration prebuffering = std::chrono::seconds{60}; // without a byte, whatever the engine says
  Duration progress = std::chrono::seconds{20};     // prebuffering in which nothing moves
  Duration silence = std::chrono::seconds{5};       // of a stream that plays, while nothing moves; 0: any
  Duration poll = std::chrono::seconds{1};          // between two statistics
  Duration settled = std::chrono::seconds{10};      // played for so long, the engine is a good one
  Duration first_rest = std::chrono::seconds{1};    // of an engine that failed; doubles each time
  Duration longest_rest = std::chrono::seconds{30};
};

/// Decides, and does nothing. Plays once: from Play to Done.
class Player {
 public:
  explicit Player(PlayerSettings settings);

  /// Time never steps back: an earlier one counts as the latest that was seen.
  [[nodiscard]] std::vector<Action> step(const Event& event, Instant now);

 private:
  enum class Stage { Starting, Unopened, Prebuffering, Playing };
  struct Session {
    SessionId id{};
    std::size_t engine = 0;
    Stage stage = Stage::Starting;
    Instant stage_since{};
    Instant last_byte{};                  // or the opening of the session
    Instant last_sign{};                  // the last byte, or the last progress of buffering
    std::optional<Statistics> statistics; // the newest
    bool polled = true;                   // the engine gives statistics
    std::optional<Problem> doubt; // the engine says that the session is over; the bytes have the last word
    unsigned deaf = 0;            // failed waits for a notice in a row
  };
  /// Given up or left, and not yet confirmed to be over.
  struct Leaving {
    SessionId id{};
    unsigned stops = 0; // commands sent; 0 while it is not known whether it was opened
  };
  struct EngineState {
    unsigned failures = 0; // in a row
    Instant rested{};
  };

  void receive(const event::Play&);
  void receive(const event::Leave&);
  void receive(const event::Timer&) {}
  void receive(const event::Started& started);
  void receive(const event::StartFailed& failed);
  void receive(const event::Bytes& bytes);
  void receive(const event::ReadFailed& failed);
  void receive(const event::StatisticsCame& came);
  void receive(const event::StatisticsFailed& failed);
  void receive(const event::NoticeCame& came);
  void receive(const event::NoticeFailed& failed);
  void receive(const event::Stopped& stopped);

  void open_next();
  [[nodiscard]] std::optional<std::size_t> choose_engine() const;
  void enter(Stage stage);
  void judge();
  void doubt(Problem problem);
  void give_up(Problem problem);
  void leave();
  void stop(Leaving& leaving, Duration wait);
  void release(SessionId session, bool lost);
  void finish();
  void arm_timer();
  [[nodiscard]] Duration next_rest();
  [[nodiscard]] bool settled() const;
  [[nodiscard]] Instant due() const;
  [[nodiscard]] Duration patience() const;
  [[nodiscard]] Problem overdue() const;
  [[nodiscard]] std::optional<Instant> next_change() const;
  [[nodiscard]] bool is_current(SessionId session) const;
  [[nodiscard]] bool reads(SessionId session) const;
  [[nodiscard]] Leaving* find_leaving(SessionId session);
  void act(Action action) { actions_.push_back(std::move(action)); }

  const PlayerSettings settings_;
  Instant now_{};
  bool playing_ = false; // between Play and the way out
  bool over_ = false;    // on the way out
  bool done_ = false;
  std::vector<EngineState> engines_;
  std::optional<std::size_t> favourite_; // the engine that played well last
  std::optional<Session> current_;
  std::vector<Leaving> leaving_;
  std::uint32_t sessions_ = 0;
  unsigned failures_ = 0; // of sessions, since one has settled
  std::optional<Instant> armed_;
  std::vector<Action> actions_; // of this step
};

} // namespace relevo::ace
