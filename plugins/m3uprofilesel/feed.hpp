// SPDX-License-Identifier: LGPL-2.1-or-later
// Feed: one opening of an address: its source element, and the pad that takes its bytes to the outlet.
#pragma once

#include "gstx/outlet.hpp"
#include "gx/ref.hpp"

#include <functional>

namespace relevo::m3uprofilesel {

/// Made and destroyed in the player's thread; its bytes come in the source's own.
class Feed {
 public:
  enum class Sign { FirstByte, Ended };
  /// Called in the source's thread.
  using Tell = std::function<void(Sign)>;

  Feed(GstBin* bin, gstx::Outlet& outlet, Tell tell);
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;
  /// The connection is closed when this returns.
  ~Feed();

  /// Puts the source into the bin and lets it run. False where it refused; it has then said why on its bus.
  [[nodiscard]] bool run(gx::Ref<GstElement> source);

 private:
  [[nodiscard]] GstFlowReturn chain(gx::Ref<GstBuffer> buffer);

  GstBin* bin_;
  gstx::Outlet& outlet_;
  Tell tell_;
  bool has_byte_ = false;      // in the source's thread
  gx::Ref<GstPad> pad_;        // of no element
  gx::Ref<GstElement> source_; // in bin_, while it runs
};

} // namespace relevo::m3uprofilesel
