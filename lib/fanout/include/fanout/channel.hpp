// SPDX-License-Identifier: LGPL-2.1-or-later
// Channel: one live stream and everybody who views it.
#pragma once

#include "fanout/ring.hpp"
#include "fanout/viewer.hpp"
#include "ts/sync.hpp"

#include <functional>
#include <vector>

namespace relevo::fanout {

class Hub;
struct ChannelState;

/// Viewers are written to by the fan-out thread, one for all channels of the process; it begins with the
/// first channel and ends with the last. Nobody else ever waits for a viewer.
class Channel {
 public:
  /// Called in the fan-out thread when a viewer has gone and his socket is closed: everybody waits for it. It
  /// may add and remove viewers, and must not destroy a channel.
  using OnGone = std::function<void(const ViewerReport&, Leaving)>;

  /// Throws std::system_error where the system has no memory, descriptor or thread left.
  Channel(WindowSettings window, OnGone on_gone);
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  /// Viewers get what their sockets take at once, and go as Stopped; nothing is called after that.
  ~Channel();

  // ---- the thread of the stream ----

  /// Bytes in any split; what is no packet is left out. Throws std::system_error where there is no memory
  /// left.
  void write(Bytes block);
  /// The stream has ended: viewers go when they have got everything.
  void end();
  // See ts::PacketSync.
  [[nodiscard]] std::size_t bytes_since_packet() const noexcept { return sync_.bytes_since_packet(); }

  // ---- any thread ----

  /// The socket, a connected stream, is owned from now on. The prefix is sent first. Once he is added,
  /// on_gone will be called for this viewer. Throws std::system_error where it is no such socket, which is
  /// closed then.
  ViewerId add(gx::Descriptor socket, const Policy& policy, std::vector<std::byte> prefix);
  /// False where there is no such viewer (any more). He goes soon.
  bool remove(ViewerId id);

  [[nodiscard]] std::vector<ViewerReport> viewers(); // by age
  [[nodiscard]] Ring::Extent extent();

 private:
  void append(Bytes packets);

  std::shared_ptr<ChannelState> state_;
  std::shared_ptr<Hub> hub_;
  ts::PacketSync sync_;
  ts::JoinFinder finder_;
  Time now_{};                 // of the write under way
  bool can_be_joined_ = false; // there was a point, of the thread that writes
};

} // namespace relevo::fanout
