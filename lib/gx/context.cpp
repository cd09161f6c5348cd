// SPDX-License-Identifier: LGPL-2.1-or-later
// Sources with a scope.
#include "gx/context.hpp"

namespace relevo::gx {
namespace {

using Callback = Boxed<std::function<void()>>;

gboolean call_once(gpointer box) noexcept {
  call_from_c("source", static_cast<Callback*>(box)->fn);
  return G_SOURCE_REMOVE;
}

gboolean call_again(gpointer box) noexcept {
  call_from_c("source", static_cast<Callback*>(box)->fn);
  return G_SOURCE_CONTINUE;
}

gboolean call_cancelled(GCancellable*, gpointer box) noexcept {
  return call_once(box);
}

Ref<GSource> attach(Ref<GSource> source, GMainContext* context, GSourceFunc call, std::function<void()> fn) {
  g_source_set_callback(source.get(), call, new Callback{std::move(fn)}, &Callback::destroy);
  g_source_attach(source.get(), context);
  return source;
}

Ref<GSource> make_timeout(std::chrono::milliseconds delay) {
  return Ref<GSource>::adopt(g_timeout_source_new(static_cast<guint>(delay.count())));
}

} // namespace

Source& Source::operator=(Source&& other) noexcept {
  reset();
  source_ = std::move(other.source_);
  return *this;
}

Source Source::after(GMainContext* context, std::chrono::milliseconds delay, std::function<void()> fn) {
  return Source(attach(make_timeout(delay), context, &call_once, std::move(fn)));
}

Source Source::every(GMainContext* context, std::chrono::milliseconds interval, std::function<void()> fn) {
  return Source(attach(make_timeout(interval), context, &call_again, std::move(fn)));
}

Source Source::on_cancelled(GMainContext* context, GCancellable* cancellable, std::function<void()> fn) {
  auto source = Ref<GSource>::adopt(g_cancellable_source_new(cancellable));
  return Source(attach(std::move(source), context, G_SOURCE_FUNC(&call_cancelled), std::move(fn)));
}

void Source::reset() noexcept {
  if (source_) g_source_destroy(source_.get());
  source_ = {};
}

} // namespace relevo::gx
