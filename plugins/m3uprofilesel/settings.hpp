// SPDX-License-Identifier: LGPL-2.1-or-later
// What m3uprofilesel can be told, and what it makes of it.
#pragma once

#include "login.hpp"
#include "m3u/select.hpp"

namespace relevo::m3uprofilesel {

using std::chrono::milliseconds;

struct Settings {
  std::string location; // of the playlist: file or URL
  std::string channel;
  std::string tvg_id;
  std::string number;
  std::string group;
  std::string pattern; // regular expression over the name
  std::vector<LoginSpec> logins;
  std::string account;
  std::string user_agent = "Relevo/" RELEVO_VERSION;
  gstx::Pairs headers; // of the request for the playlist
  std::string proxy;
  milliseconds connect_timeout{4000};
  milliseconds first_byte_timeout{5000};
  milliseconds silence_timeout{2000};
  milliseconds playlist_timeout{30'000};
};

[[nodiscard]] const gstx::Properties<Settings>& settings_table();

/// Settings that can be worked with.
struct Plan {
  Settings settings;
  std::string account; // by which slots are counted
  std::optional<gx::Regex> pattern;
  std::vector<Login> logins;

  [[nodiscard]] m3u::Wish wish() const; // without the pattern
};

/// An error says which setting is wrong, and why.
[[nodiscard]] Result<Plan> make_plan(Settings settings);

} // namespace relevo::m3uprofilesel
