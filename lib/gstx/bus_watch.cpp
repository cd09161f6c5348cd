// SPDX-License-Identifier: LGPL-2.1-or-later
// A watch of a bus as a source with a scope.
#include "gstx/bus_watch.hpp"

#include "gx/trampoline.hpp"

namespace relevo::gstx {
namespace {

using Call = gx::Boxed<std::function<void(GstMessage*)>>;

gboolean on_message(GstBus*, GstMessage* message, gpointer box) noexcept {
  gx::call_from_c("bus watch", [&] { static_cast<Call*>(box)->fn(message); });
  return G_SOURCE_CONTINUE;
}

} // namespace

BusWatch::BusWatch(GstElement* pipeline, GMainContext* context, std::function<void(GstMessage*)> fn) {
  const auto bus = gx::Ref<GstBus>::adopt(gst_element_get_bus(pipeline));
  source_ = gx::Ref<GSource>::adopt(gst_bus_create_watch(bus.get()));
  g_source_set_callback(source_.get(), G_SOURCE_FUNC(&on_message), new Call{std::move(fn)}, &Call::destroy);
  g_source_attach(source_.get(), context);
}

BusWatch::~BusWatch() {
  g_source_destroy(source_.get());
}

} // namespace relevo::gstx
