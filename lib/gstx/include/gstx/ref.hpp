// SPDX-License-Identifier: LGPL-2.1-or-later
// Counting of GStreamer's mini objects, so that gx::Ref holds them. Its objects (elements, pads, buses) are
// GObjects and need nothing: gst_*_new gives them floating, which is gx::Ref's door `sink`.
#pragma once

#include "gx/ref.hpp"

#include <gst/gst.h>

namespace relevo::gx {

template <class T>
struct MiniObjectTraits {
  static T* ref(T* object) noexcept {
    gst_mini_object_ref(GST_MINI_OBJECT_CAST(object));
    return object;
  }
  static void unref(T* object) noexcept { gst_mini_object_unref(GST_MINI_OBJECT_CAST(object)); }
};

template <>
struct RefTraits<GstBuffer> : MiniObjectTraits<GstBuffer> {};
template <>
struct RefTraits<GstBufferList> : MiniObjectTraits<GstBufferList> {};
template <>
struct RefTraits<GstCaps> : MiniObjectTraits<GstCaps> {};
template <>
struct RefTraits<GstEvent> : MiniObjectTraits<GstEvent> {};
template <>
struct RefTraits<GstMessage> : MiniObjectTraits<GstMessage> {};
template <>
struct RefTraits<GstQuery> : MiniObjectTraits<GstQuery> {};

} // namespace relevo::gx
