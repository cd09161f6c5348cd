// SPDX-License-Identifier: LGPL-2.1-or-later
// One client's socket: waiting with an eye on the peer, sending everything, and the two ways to hang up.
#pragma once

#include "base/bytes.hpp"
#include "provider/fault.hpp"

#include <string>
#include <string_view>

namespace relevo::provider {

/// Owns a file descriptor.
class Fd {
 public:
  explicit Fd(int fd = -1) noexcept : fd_(fd) {}
  ~Fd();
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  [[nodiscard]] int get() const noexcept { return fd_; }

 private:
  int fd_;
};

/// Used by one thread; abort() may be called by any while the connection exists.
class Connection {
 public:
  /// A client that takes nothing for this long is dropped.
  static constexpr Seconds kSendTimeout{30};

  explicit Connection(Fd socket);

  /// False when the peer has gone or abort() was called.
  [[nodiscard]] bool wait_until(Clock::time_point time);
  /// All of it; false when the peer has gone or takes nothing.
  [[nodiscard]] bool send(Bytes bytes);
  [[nodiscard]] bool send(std::string_view text) { return send(as_bytes(text)); }
  /// Appends what has arrived, waiting for the first byte; false at the end, on failure and at the deadline.
  [[nodiscard]] bool receive(std::string& out, Clock::time_point deadline);

  /// The destructor will send RST instead of FIN.
  void reset_on_close() noexcept;
  /// Wakes the thread that uses the connection and makes its calls fail.
  void abort() noexcept;

  [[nodiscard]] std::string local_address() const; // "127.0.0.1:8080"

 private:
  Fd socket_;
};

/// Bound and listening; port 0 chooses one. Throws std::system_error.
[[nodiscard]] Fd listen_on(const std::string& address, std::uint16_t port);
/// Bound but not listening: the port is taken, and connecting to it is refused.
[[nodiscard]] Fd reserve_port(const std::string& address);
[[nodiscard]] std::uint16_t port_of(const Fd& socket);

} // namespace relevo::provider
