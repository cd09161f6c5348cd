// SPDX-License-Identifier: LGPL-2.1-or-later
// fdsrc ! hlsrestream, behind a socket of tsfanoutsink.
#include "hls_branch.hpp"

#include "gstx/buffer_map.hpp"
#include "gstx/contract.hpp"
#include "gstx/structure.hpp"
#include "gx/context.hpp"
#include "hls/parse.hpp"
#include "hls/write.hpp"
#include "structures.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>

namespace relevo::channel {
namespace {

/// As much as the fan-out sends at once.
constexpr guint kBlock = 64 * 1024;
/// The branch never waits for anybody; a viewer who does not is never behind.
constexpr std::uint32_t kMostLag = 3'600'000;

/// The memory of a buffer as bytes for anybody.
struct Shared {
  explicit Shared(GstBuffer* of) : buffer(gx::Ref<GstBuffer>::retain(of)) {}

  const gx::Ref<GstBuffer> buffer;
  const gstx::ReadMap map{buffer.get()};
};

gx::Ref<GBytes> share(GstBuffer* buffer) {
  auto shared = std::make_unique<Shared>(buffer);
  const Bytes bytes = shared->map.bytes();
  const auto free = [](gpointer box) { delete static_cast<Shared*>(box); };
  return gx::Ref<GBytes>::adopt(
      g_bytes_new_with_free_func(bytes.data(), bytes.size(), free, shared.release()));
}

Blocks share(GstBufferList* list) {
  Blocks blocks;
  for (guint i = 0; i < gst_buffer_list_length(list); ++i)
    blocks.push_back(share(gst_buffer_list_get(list, i)));
  return blocks;
}

std::pair<gx::Descriptor, gx::Descriptor> make_sockets() {
  std::array<int, 2> ends{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw std::system_error(errno, std::generic_category(), "socketpair");
  return {gx::Descriptor(ends[0]), gx::Descriptor(ends[1])};
}

/// Of the ring's window, which moves on while a branch begins to read: what is about to leave it is not for
/// it.
constexpr guint kMargin = 3000;

/// A playlist of an earlier run, behind which the numbers go on.
std::string before(std::uint64_t first) {
  hls::MediaPlaylist playlist;
  playlist.media_sequence = first;
  return hls::write_media_playlist(playlist);
}

} // namespace

HlsBranch::HlsBranch(GstElement* fanout, const HlsSettings& settings, std::uint64_t first,
                     Callbacks callbacks, GMainContext* context)
    : fanout_(gx::Ref<GstElement>::retain(fanout)),
      callbacks_(std::make_shared<Callbacks>(std::move(callbacks))),
      shelf_(std::make_shared<HlsShelf>()),
      cutter_(make_element("hlsrestream")) {
  auto [ours, theirs] = make_sockets();
  socket_ = std::move(ours);
  const auto source = make_element("fdsrc");
  g_object_set(source.get(), "fd", socket_.get(), "blocksize", kBlock, nullptr);
  g_object_set(cutter_.get(), "target-duration", static_cast<guint>(settings.target.count()),
               "playlist-length", settings.length, "part-duration", static_cast<guint>(settings.part.count()),
               "can-block-reload", TRUE, "end-list", FALSE, "resume-from", before(first).c_str(), nullptr);
  gst_bin_add_many(GST_BIN(pipeline_.element.get()), source.get(), cutter_.get(), nullptr);
  if (!gst_element_link(source.get(), cutter_.get())) throw std::runtime_error("the elements do not fit");
  connect(context);
  if (gst_element_set_state(pipeline_.element.get(), GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    throw std::runtime_error("HLS cannot be started");
  join(std::move(theirs));
}

HlsBranch::~HlsBranch() {
  gboolean known = FALSE;
  g_signal_emit_by_name(fanout_.get(), "remove-viewer", viewer_, &known);
}

void HlsBranch::join(gx::Descriptor socket) {
  guint window = 0;
  g_object_get(fanout_.get(), "window-time", &window, nullptr);
  gstx::Structure options("viewer");
  options.set(contract::kBurstTime, window - std::min(window, kMargin))
      .set(contract::kMaxLag, kMostLag)
      .set(contract::kViewerTimeout, std::uint32_t{0});
  guint64 id = 0;
  g_signal_emit_by_name(fanout_.get(), "add-viewer", socket.release(), options.get(), &id);
  if (id == 0) throw std::runtime_error("the channel takes no viewers");
  viewer_ = id;
}

void HlsBranch::connect(GMainContext* context) {
  signals_.push_back(gx::SignalConnection::connect<void(const gchar*, GstBufferList*)>(
      cutter_.get(), "new-file",
      [shelf = shelf_](const gchar* name, GstBufferList* bytes) { shelf->put(name, share(bytes)); }));
  signals_.push_back(gx::SignalConnection::connect<void(const gchar*)>(
      cutter_.get(), "delete-file", [shelf = shelf_](const gchar* name) { shelf->remove(name); }));
  signals_.push_back(gx::SignalConnection::connect<void(const gchar*)>(
      cutter_.get(), "new-playlist",
      [shelf = shelf_, weak = std::weak_ptr(callbacks_),
       home = gx::Ref<GMainContext>::retain(context)](const gchar* text) {
        auto parsed = hls::parse_playlist(text);
        auto* playlist = parsed ? std::get_if<hls::MediaPlaylist>(&parsed->playlist) : nullptr;
        if (!playlist) return;
        shelf->publish(std::move(*playlist));
        gx::post(home.get(), [weak] {
          if (const auto callbacks = weak.lock()) callbacks->on_edition();
        });
      }));
  watch_.emplace(pipeline_.element.get(), context, [this](GstMessage* message) { on_message(message); });
}

void HlsBranch::on_message(GstMessage* message) {
  const auto callbacks = callbacks_; // which may let this go
  if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR)
    callbacks->on_failed(text_of(message));
  else if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_EOS)
    callbacks->on_failed("the stream has ended");
}

} // namespace relevo::channel
