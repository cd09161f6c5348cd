// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading and writing the structures of the elements.
#include "structures.hpp"

#include "gstx/contract.hpp"
#include "gstx/property.hpp"

#include <stdexcept>

namespace relevo::channel {
namespace {

std::uint64_t number_field(const GstStructure* structure, const char* field) {
  guint64 number = 0;
  gst_structure_get_uint64(structure, field, &number);
  return number;
}

double real_field(const GstStructure* structure, const char* field) {
  gdouble number = 0;
  gst_structure_get_double(structure, field, &number);
  return number;
}

std::chrono::nanoseconds time_field(const GstStructure* structure, const char* field) {
  return std::chrono::nanoseconds{static_cast<std::int64_t>(number_field(structure, field))};
}

/// The items of a field that is an array of structures, each read by `read`.
template <class T>
std::vector<T> read_array(const GstStructure* structure, const char* field,
                          T (*read)(const GstStructure* item)) {
  std::vector<T> items;
  const GValue* array = gst_structure_get_value(structure, field);
  if (!array || !GST_VALUE_HOLDS_ARRAY(array)) return items;
  for (guint i = 0; i < gst_value_array_get_size(array); ++i)
    items.push_back(read(gst_value_get_structure(gst_value_array_get_value(array, i))));
  return items;
}

CandidateStats read_candidate(const GstStructure* structure) {
  return {text_field(structure, "id"),         number_field(structure, "attempts"),
          number_field(structure, "failures"), text_field(structure, "last-failure"),
          real_field(structure, "penalty"),    number_field(structure, "bytes"),
          real_field(structure, "bitrate"),    number_field(structure, "continuity-errors")};
}

ViewerStats read_viewer(const GstStructure* structure) {
  return {number_field(structure, "viewer"), number_field(structure, "bytes"),
          number_field(structure, "skips"), number_field(structure, "lag-bytes"),
          time_field(structure, "lag")};
}

GstStructure* write_candidate(const Candidate& candidate) { // transfer full
  const std::pair<const char*, const std::string*> texts[] = {
      {"id", &candidate.id},
      {"label", &candidate.label},
      {"uri", &candidate.uri},
      {"command", &candidate.command},
      {"channel-id", &candidate.channel_id},
      {"user-agent", &candidate.user_agent},
      {"proxy", &candidate.proxy},
      {"slot-key", &candidate.slot_key},
      {"reach", &candidate.reach},
  };
  GstStructure* structure =
      gst_structure_new("candidate", "penalty", G_TYPE_DOUBLE, candidate.penalty, nullptr);
  for (const auto& [field, text] : texts)
    gst_structure_set(structure, field, G_TYPE_STRING, text->c_str(), nullptr);
  GValue headers = G_VALUE_INIT;
  g_value_init(&headers, GST_TYPE_STRUCTURE);
  gstx::store(candidate.headers, &headers);
  gst_structure_take_value(structure, "headers", &headers);
  return structure;
}

} // namespace

gx::Ref<GstElement> make_element(const char* kind) {
  auto element = gx::Ref<GstElement>::sink(gst_element_factory_make(kind, nullptr));
  if (!element) throw std::runtime_error(std::string("there is no element ") + kind);
  return element;
}

std::string text_of(GstMessage* error) {
  GError* what = nullptr;
  gchar* details = nullptr;
  gst_message_parse_error(error, &what, &details);
  const gx::Handle<GError, g_error_free> owned(what);
  const gx::CString owned_details(details);
  return what->message;
}

std::string text_field(const GstStructure* structure, const char* field) {
  const gchar* text = gst_structure_get_string(structure, field);
  return text ? text : "";
}

void write_sources(const Sources& sources, GstElement* failoversrc) {
  const OwnedStructure slots(gst_structure_new_empty("slots"));
  for (const auto& [key, capacity] : sources.slots)
    gst_structure_set(slots.get(), key.c_str(), G_TYPE_UINT, capacity, nullptr);
  GValue list = G_VALUE_INIT;
  g_value_init(&list, GST_TYPE_ARRAY);
  for (const Candidate& candidate : sources.candidates) {
    GValue item = G_VALUE_INIT;
    g_value_init(&item, GST_TYPE_STRUCTURE);
    g_value_take_boxed(&item, write_candidate(candidate));
    gst_value_array_append_and_take_value(&list, &item);
  }
  g_object_set(failoversrc, "slots", slots.get(), nullptr);
  g_object_set_property(G_OBJECT(failoversrc), "candidates", &list);
  g_value_unset(&list);
}

Decision read_decision(const GstStructure* message) {
  Decision decision;
  decision.what = text_field(message, contract::kDecision);
  decision.candidate = text_field(message, "candidate");
  decision.label = text_field(message, "label");
  decision.from = text_field(message, "from");
  decision.reason = text_field(message, "reason");
  decision.failure = text_field(message, contract::kKind);
  gst_structure_get_int(message, contract::kStatus, &decision.status);
  decision.text = text_field(message, "text");
  decision.measured = time_field(message, "measured");
  decision.limit = time_field(message, "limit");
  decision.penalty = real_field(message, "penalty");
  decision.gap = time_field(message, "gap");
  decision.wait = time_field(message, "wait");
  return decision;
}

Departure read_departure(const GstStructure* message) {
  return {number_field(message, "viewer"), text_field(message, "reason"), number_field(message, "bytes"),
          number_field(message, "skips")};
}

ChannelStats read_stats(const GstStructure* source, const GstStructure* sink) {
  return {text_field(source, "current"),
          number_field(source, "switches"),
          read_array(source, "candidates", read_candidate),
          read_array(sink, "viewers", read_viewer),
          {}};
}

} // namespace relevo::channel
