// SPDX-License-Identifier: LGPL-2.1-or-later
// Ref<T>: one counted reference to a GObject or to a boxed thing that counts itself.
#pragma once

#include <gio/gio.h>
#include <utility>

namespace relevo::gx {

/// How T is counted. As it stands: a GObject, or an interface of one. Specialise it for anything else, with
/// CountedBy.
template <class T>
struct RefTraits {
  static T* ref(T* object) noexcept { return static_cast<T*>(g_object_ref(object)); }
  static T* sink(T* object) noexcept { return static_cast<T*>(g_object_ref_sink(object)); }
  static void unref(T* object) noexcept { g_object_unref(object); }
};

/// The traits of a type that has a ref and an unref function of its own, and no floating references.
template <class T, auto ref_fn, auto unref_fn>
struct CountedBy {
  static T* ref(T* object) noexcept { return ref_fn(object); }
  static void unref(T* object) noexcept { unref_fn(object); }
};

template <>
struct RefTraits<GBytes> : CountedBy<GBytes, g_bytes_ref, g_bytes_unref> {};
template <>
struct RefTraits<GMainContext> : CountedBy<GMainContext, g_main_context_ref, g_main_context_unref> {};
template <>
struct RefTraits<GMainLoop> : CountedBy<GMainLoop, g_main_loop_ref, g_main_loop_unref> {};
template <>
struct RefTraits<GSource> : CountedBy<GSource, g_source_ref, g_source_unref> {};
template <>
struct RefTraits<GUri> : CountedBy<GUri, g_uri_ref, g_uri_unref> {};

/// Empty, or exactly one reference. A raw pointer becomes a Ref only by saying whose reference it was; all
/// three doors take null and give an empty Ref.
template <class T>
class Ref {
 public:
  using Traits = RefTraits<T>;

  Ref() noexcept = default;
  Ref(const Ref& other) noexcept : object_(other.object_ ? Traits::ref(other.object_) : nullptr) {}
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Ref& operator=(Ref other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Ref() {
    if (object_) Traits::unref(object_);
  }

  /// The caller's own reference changes hands (transfer full).
  [[nodiscard]] static Ref adopt(T* object) noexcept { return Ref(object); }
  /// Somebody else keeps theirs, and one is added (transfer none).
  [[nodiscard]] static Ref retain(T* object) noexcept { return Ref(object ? Traits::ref(object) : nullptr); }
  /// A floating reference becomes this one; one that no longer floats is retained.
  [[nodiscard]] static Ref sink(T* object) noexcept { return Ref(object ? Traits::sink(object) : nullptr); }

  [[nodiscard]] T* get() const noexcept { return object_; }
  explicit operator bool() const noexcept { return object_ != nullptr; }

  /// Gives the reference away, to a function that takes it (transfer full).
  [[nodiscard]] T* release() noexcept { return std::exchange(object_, nullptr); }

 private:
  explicit Ref(T* owned) noexcept : object_(owned) {}

  T* object_ = nullptr;
};

} // namespace relevo::gx
