// SPDX-License-Identifier: LGPL-2.1-or-later
// Structure: named values for messages and statistics.
#pragma once

#include "gx/handle.hpp"

#include <cstdint>
#include <gst/gst.h>
#include <string>
#include <vector>

namespace relevo::gstx {

/// Owns a GstStructure while it is filled. Names must be literals that GStreamer accepts. Each C++ type has
/// one GType, so that a field has the same type whoever writes it.
class Structure {
 public:
  explicit Structure(const char* name) : structure_(gst_structure_new_empty(name)) {}

  Structure& set(const char* field, bool value);
  Structure& set(const char* field, std::int32_t value);
  Structure& set(const char* field, std::uint32_t value);
  Structure& set(const char* field, std::int64_t value);
  Structure& set(const char* field, std::uint64_t value);
  Structure& set(const char* field, double value);
  /// GLib strings are UTF-8: what is not (a provider's headers may not be) is replaced.
  Structure& set(const char* field, const std::string& value);
  Structure& set(const char* field, const char* value);

  Structure& set(const char* field, Structure value);
  /// As GST_TYPE_ARRAY.
  Structure& set(const char* field, std::vector<Structure> values);

  [[nodiscard]] const GstStructure* get() const noexcept { return structure_.get(); }
  /// Gives it away, to a function that takes it (transfer full).
  [[nodiscard]] GstStructure* release() noexcept { return structure_.release(); }

 private:
  gx::Handle<GstStructure, gst_structure_free> structure_;
};

/// Posts an element message that says `what` on the bus of `source`; dropped where it has none. From any
/// thread.
void post_message(GstElement* source, Structure what);

} // namespace relevo::gstx
