// SPDX-License-Identifier: LGPL-2.1-or-later
// Session: one opening of a session on an engine, from the start call to the stop command.
#pragma once

#include "ace/content.hpp"
#include "ace/player_messages.hpp"
#include "engine_client.hpp"
#include "gx/mailbox.hpp"
#include "leases.hpp"
#include "packet_store.hpp"

#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace relevo::acestreamsrc {

struct SessionPlan {
  ace::SessionId id{};
  ace::Engine engine;
  ace::Content content;
  std::chrono::milliseconds connect{4000};
};

/// Performs what the player wants done with one session, in threads of its own: one for the calls, one that
/// reads, one that waits for notices. Made, told and destroyed in the player's thread.
class Session {
 public:
  using Post = std::function<void(ace::Event)>;

  /// Calls the start at once. `cut` breaks off everything, also what must not be: at the end of the process.
  Session(SessionPlan plan, PacketStore& store, Post post, gx::CancelToken cut);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  /// Does not stop the session at the engine.
  ~Session();

  void abandon() { early_.cancel(); }
  void read();
  void poll(ace::Instant at) { orders_.post(Poll{at}); }
  void listen(ace::Instant at);
  void stop(ace::Instant at);

 private:
  struct Poll {
    ace::Instant at{};
  };
  struct Stop {
    ace::Instant at{};
  };
  struct Quit {};
  using Order = std::variant<Poll, Stop, Quit>;

  // The thread of the calls.
  void work();
  [[nodiscard]] tl::expected<ace::Opened, ace::Problem> start(EngineClient& client);
  [[nodiscard]] tl::expected<std::string, ace::Problem> find_key(EngineClient& client);
  void serve(EngineClient& client);
  void ask_statistics(EngineClient& client);

  void read_stream();
  [[nodiscard]] ace::Problem pump(http::Download& download);
  [[nodiscard]] http::Got read_on_tick(http::Download& download, MutableBytes room, gx::Pause& pause);
  void hand_over(std::vector<std::byte>& packets, bool anew);
  void wait_for_notices();

  const SessionPlan plan_;
  PacketStore& store_;
  const Post post_;

  gx::CancelToken cut_;   // everything
  gx::CancelToken early_; // what comes before the start call
  gx::CancelToken side_;  // reading, polling and listening

  std::optional<Leases::Lease> lease_; // in the thread of the calls, until it ends
  ace::Opened opened_;                 // written before Started is posted
  bool clash_ = false;                 // the same: another session of this process has the content

  std::chrono::steady_clock::time_point told_{}; // in the reading thread: when bytes were reported last

  gx::Mailbox<Order> orders_;
  gx::Mailbox<std::optional<ace::Instant>> wishes_; // to listen; empty: no more
  std::jthread worker_, reader_, listener_;         // last: they use the others
};

/// The moment in the clock of this process.
[[nodiscard]] ace::Instant now();
[[nodiscard]] std::chrono::steady_clock::time_point time_of(ace::Instant at);

} // namespace relevo::acestreamsrc
