// SPDX-License-Identifier: LGPL-2.1-or-later
// Playback: the thread that steps the player and performs what it says.
#pragma once

#include "ace/player.hpp"
#include "bulletin.hpp"
#include "gx/mailbox.hpp"
#include "packet_store.hpp"
#include "session.hpp"

#include <chrono>
#include <future>
#include <map>
#include <memory>
#include <thread>

namespace relevo::acestreamsrc {

struct PlaybackPlan {
  ace::Content content;
  std::vector<ace::Engine> engines;
  ace::PlayerSettings player;
  std::chrono::milliseconds connect{4000};
  std::size_t capacity = 0; // of the store
};

/// Plays from its construction, and goes on after leave() until every session is given back. All members may
/// be called from any thread.
class Playback {
 public:
  Playback(GstElement* element, PlaybackPlan plan);
  Playback(const Playback&) = delete;
  Playback& operator=(const Playback&) = delete;
  /// Breaks off what is not done.
  ~Playback();

  [[nodiscard]] PacketStore& store() noexcept { return store_; }
  [[nodiscard]] Bulletin& bulletin() noexcept { return bulletin_; }

  /// The element goes: nothing is posted any more. Returns at once.
  void leave();
  /// Whether every session was given back by then.
  [[nodiscard]] bool wait_until_done(std::chrono::steady_clock::time_point end) const;

 private:
  void run();
  void step(const ace::Event& event);
  void perform(const ace::action::Start& start);
  void perform(const ace::action::Abandon& abandon);
  void perform(const ace::action::Read& read);
  void perform(const ace::action::Poll& poll);
  void perform(const ace::action::Listen& listen);
  void perform(const ace::action::Stop& stop);
  void perform(const ace::action::Release& release);
  void perform(const ace::action::ArmTimer& timer);
  void perform(const ace::action::GiveUp& give_up);
  void perform(const ace::action::Fail& fail);
  void perform(const ace::action::Done&);

  const PlaybackPlan plan_;
  PacketStore store_;
  Bulletin bulletin_;
  gx::CancelToken cut_;
  gx::Mailbox<ace::Event> mailbox_;

  // In the playback's thread alone.
  ace::Player player_;
  std::map<ace::SessionId, std::unique_ptr<Session>> sessions_;
  std::optional<ace::Instant> timer_;
  bool finished_ = false;

  std::promise<void> finish_;
  std::future<void> done_ = finish_.get_future();
  std::jthread thread_; // last: it uses the others
};

} // namespace relevo::acestreamsrc
