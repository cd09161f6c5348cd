// SPDX-License-Identifier: LGPL-2.1-or-later
// BusWatch: the messages of a pipeline, for as long as somebody listens.
#pragma once

#include "gx/ref.hpp"

#include <functional>
#include <gst/gst.h>

namespace relevo::gstx {

/// Calls `fn` with every message that the bus of `pipeline` gets. Made and destroyed in the thread that runs
/// `context` (null: the default one), where `fn` runs too. One per pipeline at a time.
class BusWatch {
 public:
  BusWatch(GstElement* pipeline, GMainContext* context, std::function<void(GstMessage*)> fn);
  BusWatch(const BusWatch&) = delete;
  BusWatch& operator=(const BusWatch&) = delete;
  ~BusWatch();

 private:
  gx::Ref<GSource> source_;
};

} // namespace relevo::gstx
