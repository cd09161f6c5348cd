// SPDX-License-Identifier: LGPL-2.1-or-later
// FileSender: a file as the body of an answer.
#pragma once

#include "gx/cancel.hpp"
#include "gx/ref.hpp"
#include "gx/signal.hpp"
#include "net/response.hpp"

#include <cstdint>
#include <libsoup/soup.h>
#include <memory>

namespace relevo::net {

/// Lives in the main thread; kept by a shared pointer, because a read may outlive its message. One block is
/// read, by a thread of GLib's, when the one before is in the socket.
class FileSender : public std::enable_shared_from_this<FileSender> {
 public:
  /// The message has its headers, with Content-Length, or for a file that grows without.
  FileSender(SoupServerMessage* message, gx::Ref<GSocket> socket, FileBody body);
  void start();
  /// The message is over.
  void end();

 private:
  void read_next();
  void read(std::uint64_t size);
  void follow_growth();
  void complete();
  void break_off();
  static void on_read(GObject* stream, GAsyncResult* result, gpointer box) noexcept;

  SoupServerMessage* message_; // null: over
  gx::Ref<GSocket> socket_;
  FileBody body_;
  std::uint64_t sent_ = 0;
  gx::Ref<GInputStream> stream_;
  gx::SignalConnection wrote_chunk_;
  gx::CancelToken ended_;
};

} // namespace relevo::net
