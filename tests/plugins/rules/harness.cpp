// SPDX-License-Identifier: LGPL-2.1-or-later
// Making, feeding and listening to an element in a harness.
#include "harness.hpp"

#include "gx/error.hpp"

#include <doctest/doctest.h>

namespace relevo::test {
namespace {

bool has_pad(GstElement* element, const char* name) {
  return bool(gx::Ref<GstPad>::adopt(gst_element_get_static_pad(element, name)));
}

} // namespace

Harness::Harness(const std::string& description) {
  init_gstreamer();
  gx::GlibError error;
  element_ = gx::Ref<GstElement>::sink(gst_parse_launch(description.c_str(), error.out()));
  REQUIRE_MESSAGE(!error, error.text());
  bus_ = gx::Ref<GstBus>::adopt(gst_bus_new());
  gst_element_set_bus(element_.get(), bus_.get());
  harness_.reset(gst_harness_new_with_element(element_.get(),
                                              has_pad(element_.get(), "sink") ? "sink" : nullptr,
                                              has_pad(element_.get(), "src") ? "src" : nullptr));
  gst_harness_use_systemclock(harness_.get());
}

Harness::~Harness() {
  gst_element_set_state(element_.get(), GST_STATE_NULL);
  gst_element_set_bus(element_.get(), nullptr);
}

void Harness::set_state(GstState state) {
  CHECK(gst_element_set_state(element_.get(), state) != GST_STATE_CHANGE_FAILURE);
}

void Harness::send(GstEvent* event) {
  CHECK(gst_element_send_event(element_.get(), event) != FALSE);
}

gx::Ref<GstBuffer> Harness::next_buffer() {
  gx::Ref<GstBuffer> buffer;
  REQUIRE(eventually([&] {
    buffer = gx::Ref<GstBuffer>::adopt(gst_harness_try_pull(harness_.get()));
    return bool(buffer);
  }));
  return buffer;
}

gx::Ref<GstEvent> Harness::next_event(GstEventType type) {
  gx::Ref<GstEvent> event;
  REQUIRE_MESSAGE(eventually([&] {
                    do
                      event = gx::Ref<GstEvent>::adopt(gst_harness_try_pull_event(harness_.get()));
                    while (event && GST_EVENT_TYPE(event.get()) != type);
                    return bool(event);
                  }),
                  gst_event_type_get_name(type));
  return event;
}

void Harness::drop_output() {
  while (gx::Ref<GstBuffer>::adopt(gst_harness_try_pull(harness_.get()))) {
  }
  while (gx::Ref<GstEvent>::adopt(gst_harness_try_pull_event(harness_.get()))) {
  }
}

gx::Ref<GstMessage> Harness::wait_for(GstMessageType type) {
  const auto limit = static_cast<GstClockTime>(Pipeline::kPatience.count()) * GST_MSECOND;
  auto message = gx::Ref<GstMessage>::adopt(gst_bus_timed_pop_filtered(bus_.get(), limit, type));
  REQUIRE_MESSAGE(message, gst_message_type_get_name(type));
  return message;
}

} // namespace relevo::test
