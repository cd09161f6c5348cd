// SPDX-License-Identifier: LGPL-2.1-or-later
// Intake: takes in the body of one request.
#pragma once

#include "base/result.hpp"
#include "gx/descriptor.hpp"
#include "gx/ref.hpp"
#include "net/route.hpp"

#include <cstdint>
#include <functional>
#include <libsoup/soup.h>
#include <memory>
#include <string>

namespace relevo::net {

[[nodiscard]] Response too_large(std::uint64_t limit);

/// Lives in the main thread; kept by a shared pointer, because a write may outlive its message. While a block
/// is written to a file the message is paused, so that neither the main loop nor memory waits for the disk.
class Intake : public std::enable_shared_from_this<Intake> {
 public:
  using Refuse = std::function<void(Response)>;

  /// `refuse` is called once at most; from then on the body is read on and dropped, because a client that
  /// still sends does not look for an answer. The socket of one that sends very much is shut.
  Intake(SoupServerMessage* message, GSocket* socket, BodyRule rule, Refuse refuse);

  /// To be called first where the body is kept in a file. An error says why there can be none.
  [[nodiscard]] Result<void> open_file(const std::string& folder);
  void take(GBytes* chunk);
  /// The whole body is there.
  void hand_over(Request& request);
  /// The message is over.
  void end() noexcept { message_ = nullptr; }

 private:
  void write(GBytes* chunk);
  static void on_written(GObject* stream, GAsyncResult* result, gpointer box) noexcept;
  void refuse_once(Response response);

  SoupServerMessage* message_; // null: over
  GSocket* socket_;            // there as long as the message
  BodyRule rule_;
  Refuse refuse_;
  bool refused_ = false;
  std::uint64_t size_ = 0;
  std::string text_;
  gx::Descriptor file_;
  gx::Ref<GOutputStream> stream_; // into the file
};

} // namespace relevo::net
