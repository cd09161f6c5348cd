// SPDX-License-Identifier: LGPL-2.1-or-later
// HlsBranch: a viewer of a channel who cuts what he sees into HLS.
#pragma once

#include "channel/channel_spec.hpp"
#include "channel/hls.hpp"
#include "gstx/bus_watch.hpp"
#include "gx/descriptor.hpp"
#include "gx/signal.hpp"

#include <functional>
#include <gst/gst.h>

namespace relevo::channel {

/// Reads the ring of a tsfanoutsink as any viewer does, from an old place on, so that there are segments
/// as soon as there is somebody who wants them. Made, used and destroyed in the thread that runs `context`.
class HlsBranch {
 public:
  struct Callbacks {
    std::function<void()> on_edition{};
    std::function<void(const std::string& text)> on_failed{}; // nothing new will come
  };

  /// `first`: number of the first segment. Throws std::runtime_error where it cannot be made.
  HlsBranch(GstElement* fanout, const HlsSettings& settings, std::uint64_t first, Callbacks callbacks,
            GMainContext* context);
  HlsBranch(const HlsBranch&) = delete;
  HlsBranch& operator=(const HlsBranch&) = delete;
  ~HlsBranch();

  [[nodiscard]] ViewerId viewer() const noexcept { return viewer_; } // of the sink
  [[nodiscard]] HlsShelf& shelf() const noexcept { return *shelf_; }

 private:
  /// Stops when it goes.
  struct Pipeline {
    ~Pipeline() { gst_element_set_state(element.get(), GST_STATE_NULL); }
    const gx::Ref<GstElement> element = gx::Ref<GstElement>::sink(gst_pipeline_new(nullptr));
  };

  void join(gx::Descriptor socket);
  void connect(GMainContext* context);
  void on_message(GstMessage* message);

  const gx::Ref<GstElement> fanout_;
  const std::shared_ptr<Callbacks> callbacks_; // nobody calls them once they have gone
  const std::shared_ptr<HlsShelf> shelf_;      // of the streaming thread, too
  gx::Descriptor socket_;                      // where the stream comes
  ViewerId viewer_ = 0;
  gx::Ref<GstElement> cutter_;
  std::vector<gx::SignalConnection> signals_;
  Pipeline pipeline_; // its thread waits for the socket or for a lock of the shelf, never for long
  std::optional<gstx::BusWatch> watch_;
};

} // namespace relevo::channel
