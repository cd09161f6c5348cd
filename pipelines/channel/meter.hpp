// SPDX-License-Identifier: LGPL-2.1-or-later
// Meter: what a pad sends, measured while it passes.
#pragma once

#include "channel/channel_spec.hpp"
#include "gstx/ref.hpp"
#include "gx/guarded.hpp"
#include "ts/analyse.hpp"

#include <gst/gst.h>
#include <memory>

namespace relevo::channel {

/// From its birth to its end. Looks at the heads of packets, so it costs next to nothing.
class Meter {
 public:
  explicit Meter(GstElement* source); // its pad "src"
  Meter(const Meter&) = delete;
  Meter& operator=(const Meter&) = delete;
  ~Meter();

  /// From any thread.
  [[nodiscard]] Facts facts() const;

 private:
  using Analysis = gx::Guarded<ts::Analyser>;

  const std::shared_ptr<Analysis> analysis_; // shared with the probe, which may be at work when this ends
  const gx::Ref<GstPad> pad_;
  gulong probe_ = 0;
};

} // namespace relevo::channel
