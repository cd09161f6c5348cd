// SPDX-License-Identifier: LGPL-2.1-or-later
// Sources with a scope.
#include "gx/context.hpp"

#include <glib-unix.h>

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

/// A source that waits for its ready time or its descriptor alone.
gboolean dispatch(GSource*, GSourceFunc call, gpointer box) noexcept {
  return call(box);
}
GSourceFuncs when_ready{nullptr, nullptr, &dispatch, nullptr, nullptr, nullptr};

void make_ready(GCancellable*, gpointer source) noexcept {
  g_source_set_ready_time(static_cast<GSource*>(source), 0);
}

Ref<GSource> attach(Ref<GSource> source, GMainContext* context, GSourceFunc call, std::function<void()> fn) {
  g_source_set_callback(source.get(), call, new Callback{std::move(fn)}, &Callback::destroy);
  g_source_attach(source.get(), context);
  return source;
}

/// Not g_unix_fd_source_new(), whose function has other parameters.
Ref<GSource> make_watch(int descriptor, GIOCondition conditions) {
  auto bare = Ref<GSource>::adopt(g_source_new(&when_ready, sizeof(GSource)));
  g_source_add_unix_fd(bare.get(), descriptor, GIOCondition(conditions | G_IO_ERR | G_IO_HUP));
  return bare;
}

Ref<GSource> make_timeout(std::chrono::milliseconds delay) {
  return Ref<GSource>::adopt(g_timeout_source_new(static_cast<guint>(delay.count())));
}

} // namespace

Source& Source::operator=(Source&& other) noexcept {
  reset();
  source_ = std::move(other.source_);
  cancellable_ = std::move(other.cancellable_);
  connection_ = std::exchange(other.connection_, 0);
  return *this;
}

Source Source::after(GMainContext* context, std::chrono::milliseconds delay, std::function<void()> fn) {
  return Source(attach(make_timeout(delay), context, &call_once, std::move(fn)));
}

Source Source::every(GMainContext* context, std::chrono::milliseconds interval, std::function<void()> fn) {
  return Source(attach(make_timeout(interval), context, &call_again, std::move(fn)));
}

Source Source::on_cancelled(GMainContext* context, GCancellable* cancellable, std::function<void()> fn) {
  // Not g_cancellable_source_new(): in GLib 2.74 it leaks where it goes while another thread cancels.
  auto bare = Ref<GSource>::adopt(g_source_new(&when_ready, sizeof(GSource)));
  Source source(attach(std::move(bare), context, &call_once, std::move(fn)));
  source.cancellable_ = Ref<GCancellable>::retain(cancellable);
  source.connection_ =
      g_cancellable_connect(cancellable, G_CALLBACK(&make_ready), source.source_.get(), nullptr);
  return source;
}

Source Source::on_signal(GMainContext* context, int signal, std::function<void()> fn) {
  auto bare = Ref<GSource>::adopt(g_unix_signal_source_new(signal));
  return Source(attach(std::move(bare), context, &call_again, std::move(fn)));
}

Source Source::on_hang_up(GMainContext* context, int descriptor, std::function<void()> fn) {
  return Source(attach(make_watch(descriptor, GIOCondition(0)), context, &call_once, std::move(fn)));
}

Source Source::while_ready(GMainContext* context, int descriptor, GIOCondition conditions,
                           std::function<void()> fn) {
  return Source(attach(make_watch(descriptor, conditions), context, &call_again, std::move(fn)));
}

void Source::reset() noexcept {
  if (connection_ != 0) g_cancellable_disconnect(cancellable_.get(), std::exchange(connection_, 0));
  cancellable_ = {};
  if (source_) g_source_destroy(source_.get());
  source_ = {};
}

} // namespace relevo::gx
