// SPDX-License-Identifier: LGPL-2.1-or-later
// Channel: a failoversrc in a pipeline, in front of the fault provider, and what a viewer gets of it.
#pragma once

#include "gst/pipeline.hpp"
#include "provider/test_provider.hpp"

#include <string>
#include <vector>

namespace relevo::failoversrc::test {

/// A list of URLs as gst-launch-1.0 takes it.
[[nodiscard]] std::string uris(const std::vector<std::string>& list);

/// One of the property `candidates`.
using Fields = std::vector<std::pair<std::string, std::string>>;

class Channel {
 public:
  /// `list`: names of the provider's channels, with what follows ".ts" ("h264_720p50?burst=1"), or with
  /// ".m3u8" for HLS, or whole URLs.
  explicit Channel(const std::vector<std::string>& list, const std::string& properties = "");

  provider::TestProvider provider;
  relevo::test::Pipeline pipeline;

  void set_candidates(const std::vector<Fields>& candidates) const;
  [[nodiscard]] gx::Ref<GstElement> element() const { return pipeline.find("channel"); }
  /// Waits for the next decision of that kind and returns it; the test fails where none comes.
  gx::Ref<GstMessage> wait_for(const std::string& decision,
                               std::chrono::milliseconds limit = relevo::test::Pipeline::kPatience);
  /// Waits for a switch to a candidate whose id contains `name`.
  gx::Ref<GstMessage> wait_for_switch(const std::string& name);
  /// How many decisions of that kind have been seen by the waits.
  [[nodiscard]] std::size_t count(const std::string& decision) const;
  [[nodiscard]] std::string current() const;

  /// Stops, and judges what a viewer got: no violation, and it decodes without an error.
  void stop_and_check();
};

[[nodiscard]] std::string text_field(GstMessage* message, const char* field);
[[nodiscard]] std::chrono::milliseconds time_field(GstMessage* message, const char* field);

} // namespace relevo::failoversrc::test
