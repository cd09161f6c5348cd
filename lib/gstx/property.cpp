// SPDX-License-Identifier: LGPL-2.1-or-later
// How each type of a setting is shown as a GValue.
#include "gstx/property.hpp"

namespace relevo::gstx {
namespace {

std::string text_of(const gchar* text) {
  return text ? text : "";
}

gboolean append_pair(GQuark field, const GValue* value, gpointer pairs) noexcept {
  if (G_VALUE_HOLDS_STRING(value))
    static_cast<Pairs*>(pairs)->emplace_back(g_quark_to_string(field), text_of(g_value_get_string(value)));
  return TRUE;
}

} // namespace

void load(const GValue* value, std::string& to) {
  to = text_of(g_value_get_string(value));
}

void load(const GValue* value, bool& to) {
  to = g_value_get_boolean(value) != FALSE;
}

void load(const GValue* value, std::uint32_t& to) {
  to = g_value_get_uint(value);
}

void load(const GValue* value, std::uint64_t& to) {
  to = g_value_get_uint64(value);
}

void load(const GValue* value, double& to) {
  to = g_value_get_double(value);
}

void load(const GValue* value, std::chrono::milliseconds& to) {
  to = std::chrono::milliseconds{g_value_get_uint(value)};
}

void load(const GValue* value, Pairs& to) {
  to.clear();
  if (const auto* structure = static_cast<const GstStructure*>(g_value_get_boxed(value)))
    gst_structure_foreach(structure, &append_pair, &to);
}

void load(const GValue* value, std::vector<std::string>& to) {
  to.clear();
  for (guint i = 0; i < gst_value_array_get_size(value); ++i) {
    const GValue* item = gst_value_array_get_value(value, i);
    if (G_VALUE_HOLDS_STRING(item)) to.push_back(text_of(g_value_get_string(item)));
  }
}

void store(const std::string& from, GValue* value) {
  g_value_set_string(value, from.c_str());
}

void store(bool from, GValue* value) {
  g_value_set_boolean(value, gboolean{from});
}

void store(std::uint32_t from, GValue* value) {
  g_value_set_uint(value, from);
}

void store(std::uint64_t from, GValue* value) {
  g_value_set_uint64(value, from);
}

void store(double from, GValue* value) {
  g_value_set_double(value, from);
}

void store(std::chrono::milliseconds from, GValue* value) {
  g_value_set_uint(value, static_cast<guint>(from.count()));
}

void store(const Pairs& from, GValue* value) {
  GstStructure* structure = gst_structure_new_empty("pairs");
  for (const auto& [name, text] : from)
    gst_structure_set(structure, name.c_str(), G_TYPE_STRING, text.c_str(), nullptr);
  g_value_take_boxed(value, structure);
}

void store(const std::vector<std::string>& from, GValue* value) {
  for (const auto& text : from) {
    GValue item = G_VALUE_INIT;
    g_value_init(&item, G_TYPE_STRING);
    g_value_set_string(&item, text.c_str());
    gst_value_array_append_and_take_value(value, &item);
  }
}

GParamSpec* make_spec(const Words& words, const std::string& preset, Mutable until) {
  // GLib keeps no copy of a static default.
  return g_param_spec_string(words.name, words.nick, words.blurb,
                             preset.empty() ? "" : g_intern_string(preset.c_str()), flags_of(until));
}

GParamSpec* make_spec(const Words& words, bool preset, Mutable until) {
  return g_param_spec_boolean(words.name, words.nick, words.blurb, gboolean{preset}, flags_of(until));
}

GParamSpec* make_spec(const Words& words, const Pairs&, Mutable until) {
  return g_param_spec_boxed(words.name, words.nick, words.blurb, GST_TYPE_STRUCTURE, flags_of(until));
}

GParamSpec* make_spec(const Words& words, const std::vector<std::string>&, Mutable until) {
  GParamSpec* item = g_param_spec_string("item", "Item", "One of them", nullptr,
                                         GParamFlags(G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  return gst_param_spec_array(words.name, words.nick, words.blurb, item, flags_of(until));
}

GParamSpec* make_spec(const Words& words, std::uint32_t preset, Mutable until, Range<std::uint32_t> range) {
  return g_param_spec_uint(words.name, words.nick, words.blurb, range.least, range.most, preset,
                           flags_of(until));
}

GParamSpec* make_spec(const Words& words, std::uint64_t preset, Mutable until, Range<std::uint64_t> range) {
  return g_param_spec_uint64(words.name, words.nick, words.blurb, range.least, range.most, preset,
                             flags_of(until));
}

GParamSpec* make_spec(const Words& words, double preset, Mutable until, Range<double> range) {
  return g_param_spec_double(words.name, words.nick, words.blurb, range.least, range.most, preset,
                             flags_of(until));
}

GParamSpec* make_spec(const Words& words, std::chrono::milliseconds preset, Mutable until) {
  constexpr std::chrono::milliseconds kMost = std::chrono::hours{1};
  return g_param_spec_uint(words.name, words.nick, words.blurb, 0, static_cast<guint>(kMost.count()),
                           static_cast<guint>(preset.count()), flags_of(until));
}

void install_stats(GObjectClass* klass, guint id) {
  g_object_class_install_property(klass, id,
                                  g_param_spec_boxed("stats", "Statistics",
                                                     "What the element has done so far", GST_TYPE_STRUCTURE,
                                                     GParamFlags(G_PARAM_READABLE | G_PARAM_STATIC_STRINGS)));
}

} // namespace relevo::gstx
