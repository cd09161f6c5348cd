// SPDX-License-Identifier: LGPL-2.1-or-later
// SocketViewer: somebody who watches over a local socket, and remembers what came.
#pragma once

#include "gst/pipeline.hpp"
#include "gx/descriptor.hpp"

#include <array>
#include <atomic>
#include <doctest/doctest.h>
#include <mutex>
#include <string>
#include <sys/socket.h>
#include <thread>

namespace relevo::test {

/// Reads all that comes, in a thread, until the other side closes or it hangs up.
class SocketViewer {
 public:
  SocketViewer() {
    std::array<int, 2> ends{-1, -1};
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
    own_ = gx::Descriptor(ends[0]);
    other_ = gx::Descriptor(ends[1]);
    thread_ = std::thread([this] { read(); });
  }
  SocketViewer(const SocketViewer&) = delete;
  SocketViewer& operator=(const SocketViewer&) = delete;
  ~SocketViewer() {
    hang_up();
    thread_.join();
  }

  /// To be handed over; once.
  [[nodiscard]] gx::Descriptor take_socket() { return std::move(other_); }
  void hang_up() { ::shutdown(own_.get(), SHUT_RDWR); }
  [[nodiscard]] std::string seen() {
    const std::lock_guard lock(mutex_);
    return seen_;
  }
  [[nodiscard]] std::size_t size() {
    const std::lock_guard lock(mutex_);
    return seen_.size();
  }
  [[nodiscard]] bool ended() const noexcept { return ended_; }

 private:
  void read() {
    std::array<char, 65536> room;
    for (ssize_t got = 0; (got = ::recv(own_.get(), room.data(), room.size(), 0)) > 0;) {
      const std::lock_guard lock(mutex_);
      seen_.append(room.data(), static_cast<std::size_t>(got));
    }
    ended_ = true;
  }

  gx::Descriptor own_, other_;
  std::mutex mutex_;
  std::string seen_;
  std::atomic<bool> ended_{false};
  std::thread thread_;
};

} // namespace relevo::test
