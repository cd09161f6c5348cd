// SPDX-License-Identifier: LGPL-2.1-or-later
// What the tests of acestreamsrc share: pipelines that play a channel of pretended engines.
#pragma once

#include "gst/pipeline.hpp"
#include "provider/test_engine.hpp"

#include <initializer_list>
#include <string>

namespace relevo::test {

inline const std::string kClip = "h264_720p50";

inline std::string id_of(const std::string& clip = kClip) {
  return provider::TestEngine::content_id(clip);
}

/// A launch line for a channel on these engines, which are tried once.
inline std::string channel(std::initializer_list<std::string> engines, const std::string& properties = "",
                           const std::string& uri = id_of()) {
  std::string list;
  for (const auto& engine : engines)
    list += (list.empty() ? "" : ",") + engine;
  return "acestreamsrc name=src uri=\"" + uri + "\" engines=\"<" + list + ">\" rounds=1 " + properties +
         " ! fakesink name=out sync=false";
}

/// Waits for the next decision of this kind.
inline gx::Ref<GstMessage> wait_for_decision(Pipeline& pipeline, const std::string& kind) {
  for (;;) {
    auto message = pipeline.wait_for_element("relevo-acestream");
    if (gst_structure_get_string(gst_message_get_structure(message.get()), "decision") == kind)
      return message;
  }
}

inline std::string text_field(const gx::Ref<GstMessage>& message, const char* field) {
  const gchar* text = gst_structure_get_string(gst_message_get_structure(message.get()), field);
  return text ? text : "";
}

/// Every session was stopped by a command, and nobody reads.
inline bool all_given_back(provider::TestEngine& engine) {
  const auto counters = engine.counters();
  return counters.open == 0 && counters.readers == 0 && counters.stopped == counters.opened - counters.lost &&
         counters.superseded == 0 && counters.expired == 0;
}

} // namespace relevo::test
