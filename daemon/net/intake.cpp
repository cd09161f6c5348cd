// SPDX-License-Identifier: LGPL-2.1-or-later
// Taking in bodies.
#include "intake.hpp"

#include "base/text.hpp"
#include "gx/error.hpp"
#include "gx/trampoline.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <utility>

namespace relevo::net {
namespace {

/// How much beyond its limit a body may go before its client is cut off without having seen the refusal.
constexpr std::uint64_t kMostDropped = 16 << 20;

/// What an asynchronous write needs to the end, whatever becomes of the message.
struct Write {
  std::shared_ptr<Intake> intake;
  gx::Ref<GBytes> chunk;
};

} // namespace

Response too_large(std::uint64_t limit) {
  return error_response(SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "body-too-large",
                        concat("the body may have ", limit, " bytes at most"));
}

Intake::Intake(SoupServerMessage* message, GSocket* socket, BodyRule rule, Refuse refuse)
    : message_(message), socket_(socket), rule_(std::move(rule)), refuse_(std::move(refuse)) {}

Result<void> Intake::open_file(const std::string& folder) {
  std::string path = concat(folder.empty() ? g_get_tmp_dir() : folder.c_str(), "/relevo-upload-XXXXXX");
  file_ = gx::Descriptor(mkostemp(path.data(), O_CLOEXEC));
  refused_ = file_.get() < 0;
  if (refused_) return fail(concat("no file can be made for the body: ", std::strerror(errno)));
  unlink(path.c_str());
  stream_ = gx::Ref<GOutputStream>::adopt(g_unix_output_stream_new(file_.get(), FALSE));
  return {};
}

void Intake::take(GBytes* chunk) {
  size_ += g_bytes_get_size(chunk);
  if (size_ > rule_.limit + kMostDropped) g_socket_shutdown(socket_, TRUE, FALSE, nullptr);
  if (refused_ || rule_.keep == BodyRule::Keep::Nothing) return;
  if (size_ > rule_.limit)
    refuse_once(too_large(rule_.limit));
  else if (rule_.keep == BodyRule::Keep::InFile)
    write(chunk);
  else
    text_.append(static_cast<const char*>(g_bytes_get_data(chunk, nullptr)), g_bytes_get_size(chunk));
}

void Intake::write(GBytes* chunk) {
  soup_server_message_pause(message_);
  auto* box = new Write{shared_from_this(), gx::Ref<GBytes>::retain(chunk)};
  g_output_stream_write_all_async(stream_.get(), g_bytes_get_data(chunk, nullptr), g_bytes_get_size(chunk),
                                  G_PRIORITY_DEFAULT, nullptr, &on_written, box);
}

void Intake::on_written(GObject* stream, GAsyncResult* result, gpointer box) noexcept {
  gx::call_from_c("upload", [&] {
    const std::unique_ptr<Write> write(static_cast<Write*>(box));
    Intake& self = *write->intake;
    gx::GlibError error;
    g_output_stream_write_all_finish(G_OUTPUT_STREAM(stream), result, nullptr, error.out());
    if (!self.message_) return;
    if (error)
      self.refuse_once(error_response(SOUP_STATUS_INSUFFICIENT_STORAGE, "no-space",
                                      concat("the body could not be kept: ", error.text())));
    soup_server_message_unpause(self.message_);
  });
}

void Intake::hand_over(Request& request) {
  request.body = std::move(text_);
  stream_ = {};
  if (file_.get() >= 0) lseek(file_.get(), 0, SEEK_SET);
  request.file = std::move(file_);
}

void Intake::refuse_once(Response response) {
  refused_ = true;
  text_ = {};
  refuse_(std::move(response));
}

} // namespace relevo::net
