// SPDX-License-Identifier: LGPL-2.1-or-later
// Main contexts and what is attached to them: sources with a scope, posted calls, the thread's default
// context.
#pragma once

#include "gx/ref.hpp"
#include "gx/trampoline.hpp"

#include <chrono>
#include <functional>
#include <glib.h>
#include <type_traits>
#include <utility>

namespace relevo::gx {

/// Owns one attached GSource: when this goes, its function is never called again. Make and destroy it in the
/// thread that runs the context; the function runs there too, and may destroy its own Source.
class Source {
 public:
  Source() noexcept = default;
  Source(Source&& other) noexcept
      : source_(std::move(other.source_)),
        cancellable_(std::move(other.cancellable_)),
        connection_(std::exchange(other.connection_, 0)) {}
  Source& operator=(Source&& other) noexcept;
  ~Source() { reset(); }

  /// Calls `fn` once, `delay` from now. `context` null: the default context, here and below.
  [[nodiscard]] static Source after(GMainContext* context, std::chrono::milliseconds delay,
                                    std::function<void()> fn);
  /// Calls `fn` every `interval`, until this goes.
  [[nodiscard]] static Source every(GMainContext* context, std::chrono::milliseconds interval,
                                    std::function<void()> fn);
  /// Calls `fn` once, as soon as `cancellable` is cancelled, from whatever thread.
  [[nodiscard]] static Source on_cancelled(GMainContext* context, GCancellable* cancellable,
                                           std::function<void()> fn);

  /// Calls `fn` for every `signal` that the process gets, until this goes.
  [[nodiscard]] static Source on_signal(GMainContext* context, int signal, std::function<void()> fn);
  /// Calls `fn` once, when nobody reads any more what is written to this pipe or socket.
  [[nodiscard]] static Source on_hang_up(GMainContext* context, int descriptor, std::function<void()> fn);
  /// Calls `fn` again and again, as long as the descriptor is ready for one of `conditions` or broken.
  [[nodiscard]] static Source while_ready(GMainContext* context, int descriptor, GIOCondition conditions,
                                          std::function<void()> fn);

  /// Waiting to call its function; false when it did, for those that call once.
  [[nodiscard]] bool active() const noexcept { return source_ && !g_source_is_destroyed(source_.get()); }
  void reset() noexcept;

 private:
  explicit Source(Ref<GSource> attached) noexcept : source_(std::move(attached)) {}

  Ref<GSource> source_;
  Ref<GCancellable> cancellable_; // of on_cancelled()
  gulong connection_ = 0;         // to it
};

/// Has the thread that runs `context` call `fn` once, never from within this call. From any thread. Where the
/// context goes first, `fn` is destroyed uncalled.
template <class F>
void post(GMainContext* context, F fn) {
  const auto source = Ref<GSource>::adopt(g_idle_source_new());
  g_source_set_priority(source.get(), G_PRIORITY_DEFAULT);
  const auto call = [](gpointer box) noexcept -> gboolean {
    call_from_c("post", [box] { static_cast<void>(static_cast<Boxed<F>*>(box)->fn()); });
    return G_SOURCE_REMOVE;
  };
  g_source_set_callback(source.get(), call, new Boxed<F>{std::move(fn)}, &Boxed<F>::destroy);
  g_source_attach(source.get(), context);
}

/// Makes `context` the thread's default one for a scope, so that asynchronous calls started inside end there.
class ThreadDefault {
 public:
  explicit ThreadDefault(GMainContext* context) : context_(Ref<GMainContext>::retain(context)) {
    g_main_context_push_thread_default(context);
  }
  ThreadDefault(const ThreadDefault&) = delete;
  ThreadDefault& operator=(const ThreadDefault&) = delete;
  ~ThreadDefault() { g_main_context_pop_thread_default(context_.get()); }

 private:
  Ref<GMainContext> context_;
};

} // namespace relevo::gx
