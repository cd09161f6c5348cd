// SPDX-License-Identifier: LGPL-2.1-or-later
// Sending of files.
#include "file_sender.hpp"

#include "gx/error.hpp"
#include "gx/trampoline.hpp"

#include <algorithm>
#include <gio/gunixinputstream.h>
#include <utility>

namespace relevo::net {
namespace {

constexpr std::uint64_t kBlock = 128 * 1024;

} // namespace

FileSender::FileSender(SoupServerMessage* message, FileBody body)
    : message_(message),
      body_(std::move(body)),
      left_(body_.size),
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
  if (left_ == 0) return;
  g_input_stream_read_bytes_async(stream_.get(), std::min(left_, kBlock), G_PRIORITY_DEFAULT, ended_.get(),
                                  &on_read, new std::shared_ptr<FileSender>(shared_from_this()));
}

void FileSender::on_read(GObject* stream, GAsyncResult* result, gpointer box) noexcept {
  gx::call_from_c("file", [&] {
    const std::unique_ptr<std::shared_ptr<FileSender>> held(static_cast<std::shared_ptr<FileSender>*>(box));
    FileSender& self = **held;
    gx::GlibError error;
    const auto block =
        gx::Ref<GBytes>::adopt(g_input_stream_read_bytes_finish(G_INPUT_STREAM(stream), result, error.out()));
    if (!self.message_) return;
    SoupMessageBody* body = soup_server_message_get_response_body(self.message_);
    if (block && g_bytes_get_size(block.get()) > 0) {
      self.left_ -= g_bytes_get_size(block.get());
      soup_message_body_append_bytes(body, block.get());
    } else {
      // Shorter than was promised: the connection ends here.
      soup_message_body_complete(body);
    }
    soup_server_message_unpause(self.message_);
  });
}

} // namespace relevo::net
