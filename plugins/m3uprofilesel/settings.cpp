// SPDX-License-Identifier: LGPL-2.1-or-later
// The table of properties.
#include "settings.hpp"

#include "base/text.hpp"

namespace relevo::m3uprofilesel {
namespace {

using enum gstx::Mutable;
using gstx::property;
using gstx::Property;

Property<Settings> logins() {
  const auto make = [] {
    GParamSpec* item = g_param_spec_boxed("login", "Login", "One of them", GST_TYPE_STRUCTURE,
                                          GParamFlags(G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
    return gst_param_spec_array(
        "logins", "Logins",
        "The logins of the account, best first, as structures with: name, search (a regular expression over "
        "the "
        "address) and replace ($1, $<name>), limit (connections; 0: any number), user-agent, headers (a "
        "structure); none: the addresses as they are, without a limit",
        item, gstx::flags_of(Ready));
  };
  const auto get = [](const Settings& settings, GValue* value) {
    for (const LoginSpec& login : settings.logins) {
      GValue item = G_VALUE_INIT;
      g_value_init(&item, GST_TYPE_STRUCTURE);
      g_value_take_boxed(&item, make_structure(login));
      gst_value_array_append_and_take_value(value, &item);
    }
  };
  const auto set = [](Settings& settings, const GValue* value) {
    settings.logins.clear();
    for (guint i = 0; i < gst_value_array_get_size(value); ++i) {
      const GValue* item = gst_value_array_get_value(value, i);
      if (GST_VALUE_HOLDS_STRUCTURE(item))
        settings.logins.push_back(parse_login(gst_value_get_structure(item)));
    }
  };
  return {make, get, set};
}

Property<Settings> text(const char* name, const char* nick, const char* blurb,
                        std::string Settings::*member) {
  return property({name, nick, blurb}, member, Ready);
}

Property<Settings> time(const char* name, const char* nick, const char* blurb,
                        milliseconds Settings::*member) {
  return property({name, nick, blurb}, member, Ready);
}

} // namespace

const gstx::Properties<Settings>& settings_table() {
  static const gstx::Properties<Settings> table{
      text("location", "Location", "The playlist: a file, or an http or https URL", &Settings::location),
      text("channel", "Channel", "Name of the entry to play; of several alike the first exact one",
           &Settings::channel),
      text("tvg-id", "TVG id", "Guide id of the entry to play", &Settings::tvg_id),
      text("number", "Number", "Channel number of the entry to play, as the playlist gives it",
           &Settings::number),
      text("group", "Group", "Group of the entry to play", &Settings::group),
      text("pattern", "Pattern", "Regular expression that the name of the entry to play must match",
           &Settings::pattern),
      logins(),
      text("account", "Account",
           "Elements with the same account share the limits of its logins; empty: the location",
           &Settings::account),
      text("user-agent", "User agent",
           "Value of the User-Agent header, where neither the entry nor the login names one",
           &Settings::user_agent),
      property({"extra-headers", "Extra headers",
                "Further headers of the request for the playlist, name to value"},
               &Settings::headers, Ready),
      text("proxy", "Proxy", "HTTP proxy: http://user:password@host:port; empty connects directly",
           &Settings::proxy),
      time("connect-timeout", "Connect timeout", "How long a connection may take, in milliseconds",
           &Settings::connect_timeout),
      time("first-byte-timeout", "First byte timeout",
           "How long the answer may take once connected, in milliseconds", &Settings::first_byte_timeout),
      time("silence-timeout", "Silence timeout",
           "How long no byte of the stream may come before it has failed, in milliseconds; 0 waits for ever",
           &Settings::silence_timeout),
      time("playlist-timeout", "Playlist timeout", "How long the playlist may take, in milliseconds",
           &Settings::playlist_timeout),
  };
  return table;
}

m3u::Wish Plan::wish() const {
  return {.name = settings.channel,
          .tvg_id = settings.tvg_id,
          .number = settings.number,
          .group = settings.group};
}

Result<Plan> make_plan(Settings settings) {
  if (settings.location.empty()) return fail("no playlist is set: location must be a file or a URL");
  Plan plan;
  if (!settings.pattern.empty()) {
    auto pattern = gx::Regex::compile(settings.pattern);
    if (!pattern) return fail("pattern cannot be used: " + pattern.error().message);
    plan.pattern = std::move(*pattern);
  }
  auto logins = make_logins(settings.logins);
  if (!logins) return fail("logins cannot be used: " + logins.error().message);
  plan.logins = std::move(*logins);
  plan.account = settings.account.empty() ? settings.location : settings.account;
  plan.settings = std::move(settings);
  return plan;
}

} // namespace relevo::m3uprofilesel
