// SPDX-License-Identifier: LGPL-2.1-or-later
// SignalConnection: a GObject signal handler with a scope.
#pragma once

#include "gx/ref.hpp"
#include "gx/trampoline.hpp"

#include <glib-object.h>
#include <type_traits>
#include <utility>

namespace relevo::gx {

/// Owns one handler and keeps its instance alive: when this goes, the handler is disconnected. Must not be
/// owned by the instance itself, which would then never go. A handler that runs in another thread at that
/// moment goes on to its end, with what it holds itself.
class SignalConnection {
 public:
  SignalConnection() noexcept = default;
  SignalConnection(SignalConnection&& other) noexcept
      : instance_(std::move(other.instance_)), id_(std::exchange(other.id_, 0)) {}
  SignalConnection& operator=(SignalConnection&& other) noexcept;
  ~SignalConnection() { reset(); }

  /// `Signature` is that of the signal without the instance and without user data, in C types, and nothing
  /// checks it against the signal: `connect<gboolean(GTlsCertificate*, GTlsCertificateFlags)>(message,
  /// "accept-certificate", fn)`. `fn` runs in the thread that emits.
  template <class Signature, class F>
  [[nodiscard]] static SignalConnection connect(gpointer instance, const char* signal, F fn) {
    const auto id =
        g_signal_connect_data(instance, signal, G_CALLBACK((&Thunk<F, Signature>::call)),
                              new Boxed<F>{std::move(fn)}, &Thunk<F, Signature>::destroy, GConnectFlags(0));
    return SignalConnection(instance, id);
  }

  void reset() noexcept;

 private:
  template <class F, class Signature>
  struct Thunk;

  SignalConnection(gpointer instance, gulong id) noexcept
      : instance_(Ref<GObject>::retain(static_cast<GObject*>(instance))), id_(id) {}

  Ref<GObject> instance_;
  gulong id_ = 0;
};

template <class F, class R, class... Args>
struct SignalConnection::Thunk<F, R(Args...)> {
  static R call(gpointer, Args... args, gpointer box) noexcept {
    return call_from_c("signal", [&]() -> R { return static_cast<Boxed<F>*>(box)->fn(args...); });
  }
  static void destroy(gpointer box, GClosure*) noexcept { Boxed<F>::destroy(box); }
};

} // namespace relevo::gx
