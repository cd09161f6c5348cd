// SPDX-License-Identifier: LGPL-2.1-or-later
// Values set by their C++ type, and the element message around them.
#include "gstx/structure.hpp"

#include <utility>

namespace relevo::gstx {

Structure& Structure::set(const char* field, bool value) {
  gst_structure_set(structure_.get(), field, G_TYPE_BOOLEAN, gboolean{value}, nullptr);
  return *this;
}

Structure& Structure::set(const char* field, std::int32_t value) {
  gst_structure_set(structure_.get(), field, G_TYPE_INT, gint{value}, nullptr);
  return *this;
}

Structure& Structure::set(const char* field, std::uint32_t value) {
  gst_structure_set(structure_.get(), field, G_TYPE_UINT, guint{value}, nullptr);
  return *this;
}

Structure& Structure::set(const char* field, std::int64_t value) {
  gst_structure_set(structure_.get(), field, G_TYPE_INT64, gint64{value}, nullptr);
  return *this;
}

Structure& Structure::set(const char* field, std::uint64_t value) {
  gst_structure_set(structure_.get(), field, G_TYPE_UINT64, guint64{value}, nullptr);
  return *this;
}

Structure& Structure::set(const char* field, double value) {
  gst_structure_set(structure_.get(), field, G_TYPE_DOUBLE, value, nullptr);
  return *this;
}

Structure& Structure::set(const char* field, const std::string& value) {
  const gx::CString text(g_utf8_make_valid(value.data(), static_cast<gssize>(value.size())));
  gst_structure_set(structure_.get(), field, G_TYPE_STRING, text.get(), nullptr);
  return *this;
}

// Without this one a literal would become a bool.
Structure& Structure::set(const char* field, const char* value) {
  return set(field, std::string(value));
}

Structure& Structure::set(const char* field, Structure value) {
  GValue holder = G_VALUE_INIT;
  g_value_init(&holder, GST_TYPE_STRUCTURE);
  g_value_take_boxed(&holder, value.release());
  gst_structure_take_value(structure_.get(), field, &holder);
  return *this;
}

Structure& Structure::set(const char* field, std::vector<Structure> values) {
  GValue array = G_VALUE_INIT;
  g_value_init(&array, GST_TYPE_ARRAY);
  for (Structure& value : values) {
    GValue item = G_VALUE_INIT;
    g_value_init(&item, GST_TYPE_STRUCTURE);
    g_value_take_boxed(&item, value.release());
    gst_value_array_append_and_take_value(&array, &item);
  }
  gst_structure_take_value(structure_.get(), field, &array);
  return *this;
}

void post_message(GstElement* source, Structure what) {
  gst_element_post_message(source, gst_message_new_element(GST_OBJECT(source), what.release()));
}

} // namespace relevo::gstx
