// SPDX-License-Identifier: LGPL-2.1-or-later
// The sessions of a pretended AceStream engine: who may read, who was cut, and what was never stopped.
#pragma once

#include "provider/fault.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace relevo::provider {

struct AceCounters {
  std::uint64_t opened = 0;
  std::uint64_t open = 0;
  std::uint64_t superseded = 0;     // by another session of the same content
  std::uint64_t stopped = 0;        // by command
  std::uint64_t expired = 0;        // nobody read or stopped them
  std::uint64_t lost = 0;           // with the engine
  std::uint64_t unknown_stops = 0;  // commands for sessions that are not open
  std::uint64_t second_readers = 0; // turned away
  std::uint64_t readers = 0;        // at this moment
};

/// By the rules of engine 3.2: one session a content, one reader a session, an end after a while without
/// readers. Safe to use from any thread; time is given.
class AceSessions {
 public:
  enum class State { Open, Superseded, Stopped, Unknown };
  struct Session {
    std::string infohash, id, pid, token; // token: in the address of the stream itself
    Clock::time_point opened{};
  };

  explicit AceSessions(Seconds expiry) : expiry_(expiry) {}

  /// Without a pid it is the session that is open already, if there is one.
  [[nodiscard]] Session open(const std::string& infohash, const std::string& pid, Clock::time_point now);
  [[nodiscard]] State state(const std::string& infohash, const std::string& id, Clock::time_point now);
  /// Of an open session.
  [[nodiscard]] std::optional<Session> find(const std::string& infohash, const std::string& id,
                                            Clock::time_point now);
  [[nodiscard]] std::optional<Session> find_token(const std::string& token, Clock::time_point now);
  [[nodiscard]] std::optional<Session> find_content(const std::string& infohash, Clock::time_point now);

  /// False when there is a reader. A reader keeps the session alive until end_read().
  [[nodiscard]] bool begin_read(const std::string& id);
  void end_read(const std::string& id, Clock::time_point now);
  /// A playlist or a segment was read.
  void touch(const std::string& id, Clock::time_point now);

  /// False when it was not open.
  bool stop(const std::string& infohash, const std::string& id, Clock::time_point now);
  /// The engine restarts.
  void lose_all();

  [[nodiscard]] AceCounters counters(Clock::time_point now);

 private:
  struct Entry {
    Session session;
    State state = State::Open;
    unsigned readers = 0;
    Clock::time_point used{};
  };
  void expire(Clock::time_point now);
  template <class Matches>
  std::optional<Session> find_open(Clock::time_point now, Matches matches);

  const Seconds expiry_;
  std::mutex mutex_;                     // everything below
  std::map<std::string, Entry> entries_; // by id; those that are over stay known until the engine restarts
  AceCounters counters_;
};

/// Forty hexadecimal digits that look random and are always the same.
[[nodiscard]] std::string fake_hash(std::string_view text);

} // namespace relevo::provider
