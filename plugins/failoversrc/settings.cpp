// SPDX-License-Identifier: LGPL-2.1-or-later
// The table of properties.
#include "settings.hpp"

namespace relevo::failoversrc {
namespace {

using enum gstx::Mutable;
using gstx::property;
using gstx::Property;

GType standby_type() {
  static const GEnumValue kValues[] = {
      {static_cast<gint>(policy::Standby::Cold), "The next source is opened when it is needed", "cold"},
      {static_cast<gint>(policy::Standby::Hot), "The next source is kept open and ready", "hot"},
      {0, nullptr, nullptr}};
  static const GType type = g_enum_register_static("RelevoFailoverStandby", kValues);
  return type;
}

Property<Settings> uris() {
  const auto get = [](const Settings& settings, GValue* value) {
    std::vector<std::string> list;
    for (const CandidateSpec& candidate : settings.candidates)
      list.push_back(candidate.uri);
    gstx::store(list, value);
  };
  const auto set = [](Settings& settings, const GValue* value) {
    std::vector<std::string> list;
    gstx::load(value, list);
    settings.candidates.clear();
    for (std::string& uri : list)
      settings.candidates.emplace_back().uri = std::move(uri);
  };
  const gstx::Words words{"uris", "URIs", "The sources, best first; sets candidates"};
  return {[words] { return gstx::make_spec(words, std::vector<std::string>{}, Playing); }, get, set};
}

Property<Settings> candidates() {
  const auto make = [] {
    GParamSpec* item = g_param_spec_boxed("candidate", "Candidate", "One of them", GST_TYPE_STRUCTURE,
                                          GParamFlags(G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
    return gst_param_spec_array(
        "candidates", "Candidates",
        "The sources, best first, as structures with: uri, and where needed id (that stays when the uri "
        "changes), "
        "label, command, channel-id, user-agent, headers (a structure), proxy, reach, slot-key, penalty "
        "(double)",
        item, gstx::flags_of(Playing));
  };
  const auto get = [](const Settings& settings, GValue* value) {
    for (const CandidateSpec& candidate : settings.candidates) {
      GValue item = G_VALUE_INIT;
      g_value_init(&item, GST_TYPE_STRUCTURE);
      g_value_take_boxed(&item, make_structure(candidate));
      gst_value_array_append_and_take_value(value, &item);
    }
  };
  const auto set = [](Settings& settings, const GValue* value) {
    settings.candidates.clear();
    for (guint i = 0; i < gst_value_array_get_size(value); ++i) {
      const GValue* item = gst_value_array_get_value(value, i);
      if (GST_VALUE_HOLDS_STRUCTURE(item))
        settings.candidates.push_back(parse_candidate(gst_value_get_structure(item)));
    }
  };
  return {make, get, set};
}

Property<Settings> slots() {
  const auto make = [] {
    return g_param_spec_boxed(
        "slots", "Slots",
        "How many connections each slot key of the candidates allows: a structure of key "
        "to unsigned integer; a key that is missing allows one",
        GST_TYPE_STRUCTURE, gstx::flags_of(Playing));
  };
  const auto get = [](const Settings& settings, GValue* value) {
    GstStructure* structure = gst_structure_new_empty("slots");
    for (const policy::SlotLimit& slot : settings.slots)
      gst_structure_set(structure, slot.key.c_str(), G_TYPE_UINT, slot.capacity, nullptr);
    g_value_take_boxed(value, structure);
  };
  const auto set = [](Settings& settings, const GValue* value) {
    settings.slots.clear();
    const auto* structure = static_cast<const GstStructure*>(g_value_get_boxed(value));
    for (gint i = 0; structure && i < gst_structure_n_fields(structure); ++i) {
      const gchar* key = gst_structure_nth_field_name(structure, static_cast<guint>(i));
      guint capacity = 0;
      gint number = 0; // gst-launch's plain numbers
      if (!gst_structure_get_uint(structure, key, &capacity) &&
          gst_structure_get_int(structure, key, &number))
        capacity = static_cast<guint>(std::max(number, 0));
      settings.slots.push_back({key, capacity});
    }
  };
  return {make, get, set};
}

Property<Settings> time(const char* name, const char* nick, const char* blurb,
                        milliseconds Settings::*member) {
  return property({name, nick, blurb}, member, Ready);
}

} // namespace

const gstx::Properties<Settings>& settings_table() {
  static const gstx::Properties<Settings> table{
      uris(),
      candidates(),
      slots(),
      property({"slate", "Slate", "File with a transport stream to show while no source works; empty: none"},
               &Settings::slate, Ready),
      property({"service-name", "Service name", "Name of the output, for its service table"},
               &Settings::service_name, Ready),
      gstx::choice({"standby", "Standby", "Whether the next source is kept open"}, &standby_type,
                   &Settings::standby, Ready),
      time("slot-timeout", "Slot timeout", "How long a slot may take, in milliseconds",
           &Settings::slot_timeout),
      time("connect-timeout", "Connect timeout", "How long a connection may take, in milliseconds",
           &Settings::connect_timeout),
      time("first-byte-timeout", "First byte timeout",
           "How long the first byte may take once connected, in milliseconds; for a command 15000 at least",
           &Settings::first_byte_timeout),
      time("entry-timeout", "Entry timeout",
           "How long the first random access point may take from the first byte on, in milliseconds",
           &Settings::entry_timeout),
      time("audio-entry-timeout", "Audio entry timeout", "The same where there is no video",
           &Settings::audio_entry_timeout),
      time("silence-timeout", "Silence timeout", "How long no byte may come, in milliseconds",
           &Settings::silence_timeout),
      time("slow-behind", "Slow behind",
           "How far the media may fall behind within the slow window, in milliseconds",
           &Settings::slow_behind),
      time("slow-window", "Slow window", "Over how long falling behind is measured, in milliseconds",
           &Settings::slow_window),
      time("ailment-timeout", "Ailment timeout",
           "How long a stream may be scrambled, without video or no transport stream, in milliseconds",
           &Settings::ailment_timeout),
      time("penalty-half-life", "Penalty half-life",
           "In which the penalty of a failure halves, in milliseconds", &Settings::penalty_half_life),
      time("return-after", "Return after",
           "How long a better source must be healthy before it is returned to, in milliseconds",
           &Settings::return_after),
      time("return-interval", "Return interval", "The least time between two returns, in milliseconds",
           &Settings::return_interval),
      time("settle-time", "Settle time", "On for so long, a source ends the search, in milliseconds",
           &Settings::settle_time),
      time("slate-after", "Slate after", "How long without a source until the slate, in milliseconds",
           &Settings::slate_after),
      time("retry-first", "First retry",
           "The wait after all candidates have failed, in milliseconds; it doubles", &Settings::retry_first),
      time("retry-longest", "Longest retry", "Up to so many milliseconds", &Settings::retry_longest),
  };
  return table;
}

policy::FailoverSettings make_policy(const Settings& settings) {
  return {.deadlines = {.slot = settings.slot_timeout,
                        .connect = settings.connect_timeout,
                        .first_byte = settings.first_byte_timeout,
                        .video_entry = settings.entry_timeout,
                        .audio_entry = settings.audio_entry_timeout,
                        .silence = settings.silence_timeout,
                        .slow_behind = settings.slow_behind,
                        .slow_window = settings.slow_window,
                        .ailment = settings.ailment_timeout},
          .standby = settings.standby,
          .penalty_half_life = settings.penalty_half_life,
          .return_after = settings.return_after,
          .return_interval = settings.return_interval,
          .settled = settings.settle_time,
          .slate = settings.slate_after,
          .backoff = {settings.retry_first, settings.retry_longest}};
}

} // namespace relevo::failoversrc
