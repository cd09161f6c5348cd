// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gstx/bus_watch.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace relevo;

TEST_CASE("messages of the bus are told in their order, until the watch goes") {
  gst_init(nullptr, nullptr);
  const auto context = gx::Ref<GMainContext>::adopt(g_main_context_new());
  const auto pipeline = gx::Ref<GstElement>::sink(gst_pipeline_new(nullptr));
  const auto post = [&](const char* name) {
    auto* message = gst_message_new_application(GST_OBJECT(pipeline.get()), gst_structure_new_empty(name));
    CHECK(gst_element_post_message(pipeline.get(), message));
  };
  std::string told;
  {
    const gstx::BusWatch watch(pipeline.get(), context.get(), [&told](GstMessage* message) {
      told += gst_structure_get_name(gst_message_get_structure(message));
    });
    post("one");
    post("two");
    while (g_main_context_iteration(context.get(), FALSE)) {
    }
    CHECK(told == "onetwo");
  }
  post("three");
  while (g_main_context_iteration(context.get(), FALSE)) {
  }
  CHECK(told == "onetwo");
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
  const auto bus = gx::Ref<GstBus>::adopt(gst_element_get_bus(pipeline.get()));
  gst_bus_set_flushing(bus.get(), TRUE); // the third message keeps its pipeline
}
