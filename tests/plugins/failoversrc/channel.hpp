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

using Stats = gx::Handle<GstStructure, gst_structure_free>;

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
  [[nodiscard]] Stats stats() const;
  [[nodiscard]] std::string current() const;
  /// Of the candidate whose id contains `name`.
  [[nodiscard]] Stats stats_of(const std::string& name) const;
  /// From the opening to the first random access point, of the last opening that got there.
  [[nodiscard]] std::chrono::milliseconds entry_time(const std::string& name) const;
  void command(const char* signal, const std::string& name) const; // "switch-to", with a name in the list
  /// The URL of a name in the list.
  [[nodiscard]] std::string url(const std::string& name) const;
  /// Waits for so many bytes more.
  void receive(std::size_t bytes);

  /// Stops, and judges what a viewer got: no violation, and it decodes without an error.
  void stop_and_check();
};

[[nodiscard]] std::uint64_t number_field(const GstStructure* structure, const char* field);

[[nodiscard]] std::string text_field(GstMessage* message, const char* field);
[[nodiscard]] std::chrono::milliseconds time_field(GstMessage* message, const char* field);

} // namespace relevo::failoversrc::test
