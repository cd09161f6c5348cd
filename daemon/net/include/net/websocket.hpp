// SPDX-License-Identifier: LGPL-2.1-or-later
// WebSocket: one client that is told things as they happen.
#pragma once

#include "gx/context.hpp"
#include "gx/ref.hpp"
#include "net/frame.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <gio/gio.h>
#include <memory>
#include <string>
#include <string_view>

namespace relevo::net {

/// Lives in the main thread. The server keeps it while it is open; whoever sends to it keeps a reference too,
/// and lets go when told that it closed. Messages of the client are ignored, its pings are answered, and one
/// that answers no pings is closed.
class WebSocket : public std::enable_shared_from_this<WebSocket> {
 public:
  struct Settings {
    std::chrono::milliseconds ping_interval{20'000}; // a client that is silent for three of them has gone
    std::size_t queue_limit = 1 << 20;         // bytes that may wait for a client; more, and it is too slow
    std::chrono::milliseconds farewell{5'000}; // for a client to take why it is closed
  };
  using OnClosed = std::function<void()>;

  /// For the server: an upgraded connection, and the descriptor of its socket.
  WebSocket(gx::Ref<GIOStream> stream, int descriptor, const Settings& settings);
  WebSocket(const WebSocket&) = delete;
  WebSocket& operator=(const WebSocket&) = delete;
  ~WebSocket();
  void start(OnClosed let_go);

  /// One message, which is UTF-8. Never waits: a client for which too much would wait is closed and gets no
  /// more. When closed or closing, nothing happens.
  void send(std::string_view text);
  /// What waits is still sent, then the reason.
  void close(CloseCode code, std::string_view reason);
  /// At once, whatever waits.
  void abort();
  [[nodiscard]] bool open() const noexcept { return state_ == State::Open; }

  /// Calls `fn` once when the connection is gone, from whatever cause; never from within send() or close().
  void on_closed(OnClosed fn) { on_closed_ = std::move(fn); }

 private:
  enum class State { Open, Closing, Closed };

  void on_readable();
  void on_control(Opcode opcode, std::string_view payload);
  void on_ping_time();
  void queue(std::string frame);
  void forget_queue();
  void flush();
  void end_soon();

  gx::Ref<GIOStream> stream_;
  int descriptor_;
  Settings settings_;
  State state_ = State::Open;
  OnClosed let_go_;
  OnClosed on_closed_;

  FrameReader reader_;
  std::deque<std::string> queue_; // frames
  std::size_t queued_ = 0;        // bytes of them
  std::size_t sent_ = 0;          // of the first
  bool end_when_sent_ = false;    // both sides have said that they close
  bool deaf_ = false;             // what the client sends means nothing any more
  int silent_intervals_ = 0;

  gx::Source readable_;
  gx::Source writable_;
  gx::Source ping_;
  gx::Source linger_;
};

} // namespace relevo::net
