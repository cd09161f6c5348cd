// SPDX-License-Identifier: LGPL-2.1-or-later
// Pipeline: a GStreamer pipeline in a test, with what it gives out and what it says.
#pragma once

#include "base/bytes.hpp"
#include "gst/judge.hpp"
#include "gstx/ref.hpp"
#include "gx/handle.hpp"
#include "gx/signal.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <gst/gst.h>
#include <mutex>
#include <string>
#include <vector>

namespace relevo::test {

/// Initialises GStreamer for the process. What it finds is set by the environment of the test.
void init_gstreamer();

class Pipeline {
 public:
  /// As for gst-launch-1.0. What arrives at the pad "sink" of the element named "out", if there is one, is
  /// kept. Fails the test where it cannot be made.
  explicit Pipeline(const std::string& description);
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;
  /// Stops it; the test fails when that takes longer than anyone would wait.
  ~Pipeline();

  [[nodiscard]] GstElement* element() const noexcept { return pipeline_.get(); }
  [[nodiscard]] gx::Ref<GstElement> find(const char* name) const;

  void play() { set_state(GST_STATE_PLAYING); }
  void stop() { set_state(GST_STATE_NULL); }
  void set_state(GstState state);

  /// The first message of one of these types; the test fails when none comes within `limit`.
  gx::Ref<GstMessage> wait_for(GstMessageType types, std::chrono::milliseconds limit = kPatience);
  /// The first element message of that name; others before it are kept in seen().
  gx::Ref<GstMessage> wait_for_element(const char* name, std::chrono::milliseconds limit = kPatience);
  [[nodiscard]] const std::vector<gx::Ref<GstMessage>>& seen() const noexcept { return seen_; }

  /// False when there were not so many within `limit`.
  bool wait_for_bytes(std::size_t count, std::chrono::milliseconds limit = kPatience);
  [[nodiscard]] std::string bytes();
  [[nodiscard]] std::size_t byte_count();
  [[nodiscard]] std::vector<Arrival> arrivals();
  /// What is kept, which is forgotten.
  [[nodiscard]] std::string take_bytes();

  static constexpr std::chrono::milliseconds kPatience{10'000};

 private:
  void keep(GstBuffer* buffer);

  gx::Ref<GstElement> pipeline_;
  gx::Ref<GstBus> bus_;
  std::vector<gx::Ref<GstMessage>> seen_;
  std::mutex mutex_;
  std::condition_variable more_;
  std::string bytes_;
  std::vector<Arrival> arrivals_;
};

/// The details of an error message: "status 404", "stalled" …; "" without.
[[nodiscard]] std::string failure_in(GstMessage* error);
/// The sentence for the user.
[[nodiscard]] std::string text_in(GstMessage* error);

/// Whether `holds` becomes true before anyone would lose patience.
[[nodiscard]] bool eventually(const std::function<bool()>& holds);

/// How many threads and descriptors the process has, to see that none is left.
[[nodiscard]] std::size_t count_threads();
[[nodiscard]] std::size_t count_descriptors();

} // namespace relevo::test
