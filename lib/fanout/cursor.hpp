// SPDX-License-Identifier: LGPL-2.1-or-later
// Cursor: one viewer, his socket, and where in the stream he is.
#pragma once

#include "fanout/ring.hpp"
#include "fanout/viewer.hpp"
#include "socket.hpp"

#include <atomic>
#include <memory>
#include <vector>

namespace relevo::fanout {

/// How far a viewer is; written by the fan-out thread alone, for everybody to read.
struct Progress {
  static constexpr std::uint64_t kNowhere = ~std::uint64_t{0};

  std::atomic<std::uint64_t> bytes{0};
  std::atomic<std::uint64_t> skips{0};
  std::atomic<std::uint64_t> skipped_bytes{0};
  std::atomic<std::uint64_t> offset{kNowhere}; // before he has joined
};

[[nodiscard]] ViewerReport make_report(ViewerId id, const Progress& progress, Ring& ring, Time now);

/// Used by the fan-out thread. A viewer gets whole packets: wherever he jumps, it is from the end of one.
class Cursor {
 public:
  /// From any thread, as Socket.
  Cursor(ViewerId id, gx::Descriptor socket, const Policy& policy, std::vector<std::byte> prefix);

  enum class Turn : std::uint8_t {
    Idle,    // has everything, or waits for a place to begin
    Blocked, // waits for his socket
    Busy,    // there is more to send, and he takes it
    Leaves,  // see why()
  };
  /// Sends what the socket takes, up to a bound.
  Turn serve(Ring& ring, Time now);
  /// Who is blocked is served again when his socket takes bytes. True when he has been so for too long.
  [[nodiscard]] bool out_of_patience(Time now) const noexcept;
  [[nodiscard]] bool blocked() const noexcept { return blocked_; }

  [[nodiscard]] ViewerId id() const noexcept { return id_; }
  [[nodiscard]] int socket() const noexcept { return socket_.get(); }
  [[nodiscard]] Leaving why() const noexcept { return why_; }
  [[nodiscard]] const std::shared_ptr<Progress>& progress() const noexcept { return progress_; }

 private:
  // These return false where he is blocked or leaves.
  [[nodiscard]] bool send_pending(Time now);
  [[nodiscard]] bool send_block(Ring& ring, const Ring::Extent& extent, Time now);
  [[nodiscard]] bool keep_rest(Ring& ring, std::size_t size);
  [[nodiscard]] bool account(const Socket::Sent& sent, Time now);
  void move_to(std::uint64_t offset);
  [[nodiscard]] bool find_place(Ring& ring, const Ring::Extent& extent, Time now);

  ViewerId id_;
  Socket socket_;
  Policy policy_;
  std::vector<std::byte> pending_; // to be sent before the stream: prefix, tables, the rest of a packet
  std::size_t pending_sent_ = 0;
  std::optional<std::uint64_t> offset_; // in the stream, of a packet; none before he has joined
  std::shared_ptr<Progress> progress_ = std::make_shared<Progress>();
  bool blocked_ = false;
  bool was_blocked_ = false; // since he was last seen to be near enough
  Time last_progress_;
  Leaving why_ = Leaving::Removed;
};

} // namespace relevo::fanout
