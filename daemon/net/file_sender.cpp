// SPDX-License-Identifier: LGPL-2.1-or-later
// Sending of files.
#include "file_sender.hpp"

#include "gx/context.hpp"
#include "gx/error.hpp"
#include "gx/trampoline.hpp"
#include "net/growth.hpp"

#include <algorithm>
#include <gio/gunixinputstream.h>
#include <utility>

namespace relevo::net {
namespace {

constexpr std::uint64_t kBlock = 128 * 1024;

} // namespace

FileSender::FileSender(SoupServerMessage* message, gx::Ref<GSocket> socket, FileBody body)
    : message_(message),
      socket_(std::move(socket)),
      body_(std::move(body)),
      stream_(gx::Ref<GInputStream>::adopt(g_unix_input_stream_new(body_.file.get(), FALSE))) {}

void FileSender::start() {
  wrote_chunk_ = gx::SignalConnection::connect<void()>(message_, "wrote-chunk", [this] { read_next(); });
  read_next();
}

void FileSender::end() {
  message_ = nullptr;
  wrote_chunk_.reset();
  ended_.cancel();
}

void FileSender::read_next() {
  if (body_.growth) return follow_growth();
  if (sent_ < body_.size) read(body_.size - sent_);
}

void FileSender::follow_growth() {
  const auto state = body_.growth->state();
  if (sent_ < state.size) return read(state.size - sent_);
  if (state.ended) return state.whole ? complete() : break_off();
  // A weak pointer: whoever writes may take long, and the client may have gone.
  body_.growth->await(sent_, [weak = weak_from_this()] {
    gx::post(nullptr, [weak] {
      if (const auto self = weak.lock(); self && self->message_) self->read_next();
    });
  });
}

void FileSender::read(std::uint64_t size) {
  g_input_stream_read_bytes_async(stream_.get(), std::min(size, kBlock), G_PRIORITY_DEFAULT, ended_.get(),
                                  &on_read, new std::shared_ptr<FileSender>(shared_from_this()));
}

void FileSender::complete() {
  wrote_chunk_.reset();
  soup_message_body_complete(soup_server_message_get_response_body(message_));
  soup_server_message_unpause(message_);
}

/// In a body without a length nothing but the connection can tell that it is not whole.
void FileSender::break_off() {
  wrote_chunk_.reset();
  g_socket_shutdown(socket_.get(), TRUE, TRUE, nullptr);
  soup_server_message_unpause(message_);
}

void FileSender::on_read(GObject* stream, GAsyncResult* result, gpointer box) noexcept {
  gx::call_from_c("file", [&] {
    const std::unique_ptr<std::shared_ptr<FileSender>> held(static_cast<std::shared_ptr<FileSender>*>(box));
    FileSender& self = **held;
    gx::GlibError error;
    const auto block =
        gx::Ref<GBytes>::adopt(g_input_stream_read_bytes_finish(G_INPUT_STREAM(stream), result, error.out()));
    if (!self.message_) return;
    // Shorter than was promised: the connection ends here.
    if (!block || g_bytes_get_size(block.get()) == 0)
      return self.body_.growth ? self.break_off() : self.complete();
    self.sent_ += g_bytes_get_size(block.get());
    soup_message_body_append_bytes(soup_server_message_get_response_body(self.message_), block.get());
    soup_server_message_unpause(self.message_);
  });
}

} // namespace relevo::net
