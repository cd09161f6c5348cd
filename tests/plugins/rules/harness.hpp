// SPDX-License-Identifier: LGPL-2.1-or-later
// Harness: one element between pads of the test, as an application of any kind would use it.
#pragma once

#include "gst/pipeline.hpp"
#include "gx/handle.hpp"

#include <gst/check/gstharness.h>
#include <string>

namespace relevo::test {

class Harness {
 public:
  /// One element as for gst-launch-1.0; a pad that it does not have is not connected.
  explicit Harness(const std::string& description);
  Harness(const Harness&) = delete;
  Harness& operator=(const Harness&) = delete;
  ~Harness();

  [[nodiscard]] GstHarness* get() const noexcept { return harness_.get(); }
  [[nodiscard]] GstElement* element() const noexcept { return element_.get(); }

  void set_state(GstState state);
  void play() { set_state(GST_STATE_PLAYING); }
  /// As an application does it.
  void send(GstEvent* event);

  /// The next buffer, or the next event of this type, which came out; the test fails when none comes.
  gx::Ref<GstBuffer> next_buffer();
  gx::Ref<GstEvent> next_event(GstEventType type);
  /// What has come out until now is forgotten.
  void drop_output();

  /// The next message of this type; the test fails when none comes.
  gx::Ref<GstMessage> wait_for(GstMessageType type);

 private:
  gx::Ref<GstElement> element_;
  gx::Ref<GstBus> bus_;
  gx::Handle<GstHarness, gst_harness_teardown> harness_;
};

} // namespace relevo::test
