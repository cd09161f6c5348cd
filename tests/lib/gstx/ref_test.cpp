// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gstx/ref.hpp"

#include <doctest/doctest.h>

using namespace relevo::gx;

namespace {

template <class T>
int count_of(const Ref<T>& ref) {
  return GST_MINI_OBJECT_REFCOUNT_VALUE(ref.get());
}

/// Every door of a mini object, and the count it leaves.
template <class T>
void check_counting(T* fresh) {
  const auto first = Ref<T>::adopt(fresh);
  CHECK(count_of(first) == 1);
  {
    const auto second = first;
    const auto third = Ref<T>::retain(first.get());
    CHECK(count_of(first) == 3);
  }
  CHECK(count_of(first) == 1);
}

} // namespace

TEST_CASE("mini objects are counted by their own count") {
  gst_init(nullptr, nullptr);
  check_counting(gst_buffer_new());
  check_counting(gst_buffer_list_new());
  check_counting(gst_caps_new_empty_simple("video/mpegts"));
  check_counting(gst_event_new_eos());
  check_counting(gst_message_new_eos(nullptr));
  check_counting(gst_query_new_latency());
}

TEST_CASE("a Ref that goes makes the buffer writable for the one that stays") {
  gst_init(nullptr, nullptr);
  const auto kept = Ref<GstBuffer>::adopt(gst_buffer_new());
  auto other = kept;
  CHECK_FALSE(gst_buffer_is_writable(kept.get()));
  other = {};
  CHECK(gst_buffer_is_writable(kept.get()));
}

TEST_CASE("GStreamer's objects come floating and are sunk") {
  gst_init(nullptr, nullptr);
  auto* floating = gst_bin_new(nullptr);
  REQUIRE(g_object_is_floating(floating));
  const auto bin = Ref<GstElement>::sink(floating);
  CHECK_FALSE(g_object_is_floating(bin.get()));
  CHECK(GST_OBJECT_REFCOUNT_VALUE(bin.get()) == 1);
}
