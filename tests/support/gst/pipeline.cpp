// SPDX-License-Identifier: LGPL-2.1-or-later
// Pipelines in tests.
#include "gst/pipeline.hpp"

#include "gstx/buffer_map.hpp"
#include "gstx/contract.hpp"
#include "gx/error.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <thread>

namespace relevo::test {
namespace {

std::size_t count_entries(const char* folder) {
  std::size_t count = 0;
  for (auto it = std::filesystem::directory_iterator(folder); it != std::filesystem::directory_iterator();
       ++it)
    ++count;
  return count;
}

} // namespace

void init_gstreamer() {
  gst_init(nullptr, nullptr);
}

Pipeline::Pipeline(const std::string& description) {
  init_gstreamer();
  gx::GlibError error;
  pipeline_ = gx::Ref<GstElement>::sink(gst_parse_launch(description.c_str(), error.out()));
  REQUIRE_MESSAGE(!error, error.text());
  if (!GST_IS_PIPELINE(pipeline_.get())) {
    auto* pipeline = gst_pipeline_new(nullptr);
    gst_bin_add(GST_BIN(pipeline), pipeline_.get());
    pipeline_ = gx::Ref<GstElement>::sink(pipeline);
  }
  bus_ = gx::Ref<GstBus>::adopt(gst_element_get_bus(pipeline_.get()));
  const auto out = find("out");
  if (!out) return;
  const auto pad = gx::Ref<GstPad>::adopt(gst_element_get_static_pad(out.get(), "sink"));
  REQUIRE(pad);
  const auto probe = [](GstPad*, GstPadProbeInfo* info, gpointer self) noexcept -> GstPadProbeReturn {
    static_cast<Pipeline*>(self)->keep(GST_PAD_PROBE_INFO_BUFFER(info));
    return GST_PAD_PROBE_OK;
  };
  gst_pad_add_probe(pad.get(), GST_PAD_PROBE_TYPE_BUFFER, probe, this, nullptr);
}

Pipeline::~Pipeline() {
  const auto began = std::chrono::steady_clock::now();
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds{3});
}

gx::Ref<GstElement> Pipeline::find(const char* name) const {
  return gx::Ref<GstElement>::adopt(gst_bin_get_by_name(GST_BIN(pipeline_.get()), name));
}

void Pipeline::set_state(GstState state) {
  CHECK(gst_element_set_state(pipeline_.get(), state) != GST_STATE_CHANGE_FAILURE);
}

gx::Ref<GstMessage> Pipeline::wait_for(GstMessageType types, std::chrono::milliseconds limit) {
  const auto message = gx::Ref<GstMessage>::adopt(
      gst_bus_timed_pop_filtered(bus_.get(), static_cast<GstClockTime>(limit.count()) * GST_MSECOND, types));
  REQUIRE_MESSAGE(message, "no message of the wanted type came");
  seen_.push_back(message);
  return message;
}

gx::Ref<GstMessage> Pipeline::wait_for_element(const char* name, std::chrono::milliseconds limit) {
  const auto end = std::chrono::steady_clock::now() + limit;
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    auto message = wait_for(GST_MESSAGE_ELEMENT, std::max(left, std::chrono::milliseconds::zero()));
    if (gst_message_has_name(message.get(), name)) return message;
  }
}

bool Pipeline::wait_for_bytes(std::size_t count, std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  return more_.wait_for(lock, limit, [&] { return bytes_.size() >= count; });
}

std::string Pipeline::bytes() {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

std::size_t Pipeline::byte_count() {
  const std::lock_guard lock(mutex_);
  return bytes_.size();
}

std::vector<Arrival> Pipeline::arrivals() {
  const std::lock_guard lock(mutex_);
  return arrivals_;
}

std::string Pipeline::take_bytes() {
  const std::lock_guard lock(mutex_);
  arrivals_.clear();
  return std::exchange(bytes_, {});
}

void Pipeline::keep(GstBuffer* buffer) {
  const gstx::ReadMap map(buffer);
  const std::lock_guard lock(mutex_);
  bytes_ += as_text(map.bytes());
  arrivals_.push_back({std::chrono::steady_clock::now(), bytes_.size()});
  more_.notify_all();
}

std::string failure_in(GstMessage* error) {
  const GstStructure* details = nullptr;
  gst_message_parse_error_details(error, &details);
  if (!details) return "";
  const gchar* kind = gst_structure_get_string(details, contract::kKind);
  std::string text = kind ? kind : "";
  int status = 0;
  if (gst_structure_get_int(details, contract::kStatus, &status)) text += ' ' + std::to_string(status);
  return text;
}

std::string text_in(GstMessage* message) {
  gx::GlibError error;
  gst_message_parse_error(message, error.out(), nullptr);
  return error.text();
}

bool eventually(const std::function<bool()>& holds) {
  const auto end = std::chrono::steady_clock::now() + Pipeline::kPatience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  return true;
}

std::size_t count_threads() {
  return count_entries("/proc/self/task");
}

std::size_t count_descriptors() {
  return count_entries("/proc/self/fd");
}

} // namespace relevo::test
