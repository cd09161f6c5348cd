// SPDX-License-Identifier: LGPL-2.1-or-later
// Socket: how bytes reach one viewer. The one place to change for viewers who are not written to in the
// clear.
#pragma once

#include "base/bytes.hpp"
#include "gx/descriptor.hpp"

#include <optional>

namespace relevo::fanout {

class Socket {
 public:
  /// Makes it non-blocking and bounds what the kernel holds for it. Throws std::system_error where it is no
  /// stream socket.
  explicit Socket(gx::Descriptor socket);
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  /// Closes it in a way that lets the viewer have what the kernel took.
  ~Socket();

  struct Sent {
    std::size_t bytes = 0;
    int error = 0; // EAGAIN: it takes no more now
  };
  [[nodiscard]] Sent send(Bytes bytes) noexcept;
  [[nodiscard]] Sent send_file(int file, std::uint64_t offset, std::size_t size) noexcept;

  [[nodiscard]] int get() const noexcept { return socket_.get(); }

 private:
  gx::Descriptor socket_;
};

} // namespace relevo::fanout
