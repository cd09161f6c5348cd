// SPDX-License-Identifier: LGPL-2.1-or-later
// ExecChannel: an execsrc in a pipeline of its own.
#pragma once

#include "gst/pipeline.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <string>

namespace relevo::test {

class ExecChannel {
 public:
  explicit ExecChannel(const std::string& command)
      : pipeline("execsrc name=src ! fakesink name=out sync=false"), source(pipeline.find("src")) {
    set("command", command.c_str());
  }

  template <class T>
  ExecChannel& set(const char* property, T value) {
    g_object_set(source.get(), property, value, nullptr);
    return *this;
  }

  [[nodiscard]] gx::Handle<GstStructure, gst_structure_free> stats() const {
    GstStructure* stats = nullptr;
    g_object_get(source.get(), "stats", &stats, nullptr);
    return gx::Handle<GstStructure, gst_structure_free>(stats);
  }
  /// The number of that name in the statistics; -1: it is not there.
  [[nodiscard]] int stat(const char* name) const {
    int value = -1;
    gst_structure_get_int(stats().get(), name, &value);
    return value;
  }

  /// The last lines that the command said.
  [[nodiscard]] std::string lines() const {
    const auto all = stats();
    const gchar* lines = gst_structure_get_string(all.get(), "lines");
    return lines ? lines : "";
  }

  Pipeline pipeline;
  gx::Ref<GstElement> source;
};

/// A command that runs a shell script. The script must do without single quotes.
inline std::string shell(const std::string& script) {
  return "sh -c '" + script + "'";
}

inline std::string clip(const std::string& name) {
  return std::string(std::getenv("RELEVO_TEST_MEDIA")) + '/' + name + ".ts";
}

} // namespace relevo::test
