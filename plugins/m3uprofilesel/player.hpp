// SPDX-License-Identifier: LGPL-2.1-or-later
// Player: the thread that finds the entry and plays it through the first login that can.
#pragma once

#include "feed.hpp"
#include "gstx/make_source.hpp"
#include "gx/cancel.hpp"
#include "playlist.hpp"
#include "settings.hpp"
#include "slots.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <variant>

namespace relevo::m3uprofilesel {

/// What the player needs of the element around it. Called in the player's thread, without a lock.
class Host {
 public:
  virtual ~Host() = default;

  /// Empty: the login has no free connection.
  [[nodiscard]] virtual std::optional<SlotLease> request_slot(const LoginSpec& login) = 0;

  // What happens, in this order; from on_open to on_pass_over again for each login.
  virtual void on_entry(const Found& found) = 0;
  virtual void on_open(const LoginSpec& login, const std::string& address) = 0; // without secrets
  virtual void on_play(const LoginSpec& login) = 0;
  virtual void on_pass_over(const LoginSpec& login, const gstx::SourceFailure& failure) = 0;
};

/// Runs from its construction to stop(). All members but stop() may be called from any thread.
class Player {
 public:
  Player(Plan plan, GstBin* bin, gstx::Outlet& outlet, Host& host);
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;
  ~Player() { stop(); }

  /// Closes everything; afterwards nothing happens any more. Not from a thread of a source.
  void stop();
  /// Closes everything, and the stream ends.
  void end();
  /// The source that runs has failed.
  void on_error(GstMessage* error);

 private:
  using Failed = std::optional<gstx::SourceFailure>;
  using Message = std::variant<Feed::Sign, gstx::SourceFailure>;

  void run();
  /// Whether there was a byte, and why it is over; without a reason it ended well, or was to.
  struct Outcome {
    bool played = false;
    Failed failed;
  };
  [[nodiscard]] Failed play();
  [[nodiscard]] Outcome play_through(const Login& login);
  [[nodiscard]] Outcome read(const Login& login, const gstx::SourceRequest& request);
  [[nodiscard]] Outcome follow(const Login& login, bool runs);
  [[nodiscard]] gstx::SourceRequest make_request(const Login& login, std::string url) const;

  void post(Message message);
  [[nodiscard]] std::optional<Message> wait(bool at_once);

  Plan plan_;
  GstBin* bin_;
  gstx::Outlet& outlet_;
  Host& host_;
  Found found_; // in the player's thread
  gx::CancelToken token_;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Message> inbox_; // under mutex_, as the next ones
  bool stopping_ = false;
  bool ending_ = false;
  std::thread thread_; // last: it uses the others
};

} // namespace relevo::m3uprofilesel
