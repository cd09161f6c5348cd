// SPDX-License-Identifier: LGPL-2.1-or-later
// The table of properties, and the options of a viewer.
#include "settings.hpp"

#include "base/text.hpp"
#include "gstx/contract.hpp"

namespace relevo::tsfanoutsink {
namespace {

using std::chrono::milliseconds;

/// A property for a member of a member.
template <class Part, class T, class... R>
gstx::Property<Settings> inner(gstx::Words words, Part Settings::*part, T Part::*member, gstx::Mutable until,
                               R... range) {
  const auto property = gstx::property(words, member, until, range...);
  return {property.make,
          [=](const Settings& settings, GValue* value) { property.get(settings.*part, value); },
          [=](Settings& settings, const GValue* value) { property.set(settings.*part, value); }};
}

struct Reading {
  ViewerOptions options;
  std::string fault;
};

void append(std::vector<std::byte>& to, const void* bytes, gsize size) {
  const auto* begin = static_cast<const std::byte*>(bytes);
  to.insert(to.end(), begin, begin + size);
}

bool read_prefix(const GValue* value, std::vector<std::byte>& to) {
  if (G_VALUE_HOLDS_STRING(value)) {
    const std::string_view text = g_value_get_string(value) ? g_value_get_string(value) : "";
    append(to, text.data(), text.size());
    return true;
  }
  if (!G_VALUE_HOLDS(value, G_TYPE_BYTES)) return false;
  auto* bytes = static_cast<GBytes*>(g_value_get_boxed(value));
  if (bytes) append(to, g_bytes_get_data(bytes, nullptr), g_bytes_get_size(bytes));
  return true;
}

/// Of whatever integer type: bindings have their own ideas.
std::optional<std::uint64_t> read_number(const GValue* value) {
  GValue number = G_VALUE_INIT;
  g_value_init(&number, G_TYPE_INT64);
  if (!g_value_transform(value, &number) || g_value_get_int64(&number) < 0) return {};
  return static_cast<std::uint64_t>(g_value_get_int64(&number));
}

bool read_time(const GValue* value, milliseconds& to) {
  constexpr std::uint64_t kMost = 3'600'000; // as of the properties
  const auto number = read_number(value);
  if (!number || *number > kMost) return false;
  to = milliseconds(*number);
  return true;
}

bool read_field(std::string_view name, const GValue* value, ViewerOptions& options) {
  fanout::Policy& policy = options.policy;
  if (name == contract::kPrefix) return read_prefix(value, options.prefix);
  if (name == contract::kBurstTime) return read_time(value, policy.burst_time);
  if (name == contract::kMaxLag) return read_time(value, policy.most_lag);
  if (name == contract::kViewerTimeout) return read_time(value, policy.patience);
  const auto bytes = name == contract::kBurstBytes ? read_number(value) : std::nullopt;
  if (bytes) policy.burst_bytes = *bytes;
  return bytes.has_value();
}

} // namespace

const gstx::Properties<Settings>& settings_table() {
  using enum gstx::Mutable;
  using fanout::Policy;
  using fanout::WindowSettings;
  static const gstx::Properties<Settings> properties{
      inner(
          {contract::kBurstTime, "Burst time",
           "How old the place is, in milliseconds, at which a viewer begins: what came since then he gets at "
           "once, to fill his player"},
          &Settings::policy, &Policy::burst_time, Playing),
      inner({contract::kBurstBytes, "Burst bytes", "How much a viewer gets at once, at least"},
            &Settings::policy, &Policy::burst_bytes, Playing, gstx::Range<std::uint64_t>{}),
      inner({contract::kMaxLag, "Maximum lag",
             "How far a viewer may be behind, in milliseconds, before he jumps to the newest place to begin"},
            &Settings::policy, &Policy::most_lag, Playing),
      inner({contract::kViewerTimeout, "Viewer time-out",
             "A viewer who takes nothing for so long, in milliseconds, is closed; 0: never"},
            &Settings::policy, &Policy::patience, Playing),
      inner({"window-time", "Window time",
             "How much of the stream is kept for those who join and those who lag, in milliseconds"},
            &Settings::window, &WindowSettings::time, Ready),
      inner({"window-bytes", "Window bytes", "The same in bytes; what is more by either goes"},
            &Settings::window, &WindowSettings::bytes, Ready, gstx::Range<std::uint64_t>{1 << 20}),
  };
  return properties;
}

tl::expected<ViewerOptions, std::string> read_options(const GstStructure* options,
                                                      const fanout::Policy& policy) {
  Reading reading{{policy, {}}, {}};
  if (!options) return reading.options;
  const auto read = [](GQuark field, const GValue* value, gpointer data) noexcept -> gboolean {
    auto& into = *static_cast<Reading*>(data);
    const char* name = g_quark_to_string(field);
    if (read_field(name, value, into.options)) return TRUE;
    into.fault = concat("there is no option ", name, " of this type and value");
    return FALSE;
  };
  if (!gst_structure_foreach(options, read, &reading)) return tl::unexpected(reading.fault);
  return reading.options;
}

} // namespace relevo::tsfanoutsink
