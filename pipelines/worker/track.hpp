// SPDX-License-Identifier: LGPL-2.1-or-later
// Track: one elementary stream of a source, held back until it is known what becomes of it.
#pragma once

#include "gstx/ref.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <gst/gst.h>
#include <string>
#include <string_view>

namespace relevo::worker {

/// What a track is to the muxer.
enum class Kind : std::uint8_t { Video, Audio, Other };
[[nodiscard]] Kind kind_of(const GstCaps* caps);
/// Its kind and format, for people: "audio/x-vorbis".
[[nodiscard]] std::string name_of(const GstCaps* caps);

/// Its frames are told apart, and no parser is needed any more.
[[nodiscard]] bool is_parsed(const GstCaps* caps);

/// The elements that make of parsed media what the muxer takes, in the syntax of gst-launch-1.0; "" where it
/// takes it as it is.
[[nodiscard]] std::string_view preparation_for(const GstCaps* caps);

/// From its making no data passes the pad, until it is let go. Made in any thread, then the main thread's.
class Track {
 public:
  /// `on_data` is called once, in a streaming thread, when the first data waits, or the end.
  Track(GstPad* pad, std::function<void()> on_data);
  Track(const Track&) = delete;
  Track& operator=(const Track&) = delete;
  ~Track();

  [[nodiscard]] GstPad* pad() const noexcept { return pad_.get(); }
  /// Null as long as they are not known.
  [[nodiscard]] gx::Ref<GstCaps> caps() const {
    return gx::Ref<GstCaps>::adopt(gst_pad_get_current_caps(pad()));
  }
  [[nodiscard]] bool has_data() const noexcept { return has_data_; }
  [[nodiscard]] bool waits() const noexcept { return probe_ != 0; }

  /// Data flows to what the pad is linked to.
  void let_go();

 private:
  static GstPadProbeReturn on_item(GstPad*, GstPadProbeInfo* info, gpointer self) noexcept;

  gx::Ref<GstPad> pad_;
  std::function<void()> on_data_;
  std::atomic<bool> has_data_ = false;
  gulong probe_ = 0;
};

} // namespace relevo::worker
