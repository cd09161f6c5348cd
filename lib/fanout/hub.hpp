// SPDX-License-Identifier: LGPL-2.1-or-later
// Hub: the fan-out thread.
#pragma once

#include "cursor.hpp"
#include "fanout/channel.hpp"

#include <atomic>
#include <map>
#include <thread>

namespace relevo::fanout {

/// What a channel shares with the thread.
struct ChannelState {
  ChannelState(WindowSettings window, Channel::OnGone gone) : ring(window), on_gone(std::move(gone)) {}

  Ring ring;
  Channel::OnGone on_gone;
  gx::Guarded<std::map<ViewerId, std::shared_ptr<const Progress>>> viewers; // from being added to being gone
};

/// While streams come in, viewers are served every kTick; what comes after a silence, and what can be joined
/// for the first time, goes out at once. Otherwise streams wake the thread only out of a silence.
class Hub {
 public:
  static constexpr std::chrono::milliseconds kTick{50};

  /// The one of the process. Throws std::system_error.
  [[nodiscard]] static std::shared_ptr<Hub> shared();
  Hub();
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;
  ~Hub();

  // From any thread.
  void open(std::shared_ptr<ChannelState> channel);
  /// All viewers are gone when it returns. Not from the fan-out thread.
  void close(const std::shared_ptr<ChannelState>& channel);
  void add(std::shared_ptr<ChannelState> channel, std::shared_ptr<Cursor> viewer);
  void remove(ViewerId id);
  /// Something was appended, or the stream has ended.
  void on_written();
  /// Somebody may have waited for what was appended.
  void on_first_point();

 private:
  using Command = std::function<void()>;
  struct Stream {
    std::shared_ptr<ChannelState> channel;
    Ring::Extent seen{}; // at the last tick
  };
  struct Viewer {
    std::shared_ptr<ChannelState> channel;
    std::shared_ptr<Cursor> cursor;
  };
  struct Gone {
    std::shared_ptr<ChannelState> channel;
    ViewerReport report;
    Leaving why;
  };

  void post(Command command);
  void wake() noexcept;

  // Of the thread.
  void run();
  void wait();
  [[nodiscard]] int timeout() const;
  void run_commands();
  void take(const Viewer& viewer);
  void stop(const ChannelState* channel);
  void on_socket(ViewerId id, std::uint32_t events);
  void tick(Time now);
  [[nodiscard]] bool look_for_news();
  void serve(const Viewer& viewer, Time now);
  void let_go(ViewerId id, Leaving why);
  void report_gone();

  gx::Descriptor epoll_;
  gx::Descriptor event_;
  gx::Guarded<std::vector<Command>> commands_;
  std::atomic<bool> awake_{false}; // the thread will look at the rings without being woken
  std::atomic<bool> ending_{false};

  // Of the thread.
  std::vector<Stream> streams_;
  std::map<ViewerId, Viewer> viewers_;
  std::vector<Gone> gone_; // not reported yet
  Time last_tick_{};
  bool hurry_ = false; // somebody takes more than a turn, or has waited

  std::thread thread_; // last: it uses the others
};

} // namespace relevo::fanout
