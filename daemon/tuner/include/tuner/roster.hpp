// SPDX-License-Identifier: LGPL-2.1-or-later
// What the catalogue makes of the devices: their channels and how many tuners they have. What takes a
// database throws sqlite::Failure.
#pragma once

#include "model/account.hpp"
#include "model/ids.hpp"
#include "sqlite/database.hpp"
#include "tuner/device.hpp"
#include "tuner/settings.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::tuner {

/// An account with its logins.
struct Provider {
  model::Account account{};
  std::vector<model::Login> logins{};
};

/// How many channels can be watched at once: the connections that all accounts allow together; of what allows
/// any number, kMostTuners. `most`: what else limits it; 0 of them do not. From 1 to kMostTuners.
[[nodiscard]] unsigned count_tuners(const std::vector<Provider>& providers, model::Time now,
                                    std::initializer_list<std::size_t> most);
[[nodiscard]] std::vector<Provider> load_providers(sqlite::Database& database);

/// What a device has of the stations of its profile.
struct Offer {
  Stations stations{};
  std::size_t all = 0; // with those of the other parts
};

/// A part of the channels of a profile (name; "": all) that have a number of their own: of several with the
/// same, the first. `only`: profiles that alone are seen. Empty where there is no such profile.
[[nodiscard]] Offer load_offer(sqlite::Database& database, const std::string& profile, std::size_t part,
                               const std::optional<std::vector<model::ProfileId>>& only = {});

/// All devices of a profile, or of all channels.
[[nodiscard]] std::vector<Device> make_devices(std::string_view installation, std::int64_t profile,
                                               const std::string& name, std::size_t stations);

/// A device that is announced.
struct Placed {
  Device device{};
  unsigned place =
      0; // among all; that of the first device, and those of profiles, do not depend on the catalogue
};

/// Everything that can be found.
struct Roster {
  std::vector<Placed> devices{};      // the first one first
  Stations stations{};                // its own
  std::vector<std::string> missing{}; // profiles that there are not
};
[[nodiscard]] Roster load_roster(sqlite::Database& database, std::string_view installation,
                                 const std::vector<std::string>& profiles);

/// The device that somebody means by its id, the name of its profile, or "": the first one. Its id may be in
/// lower case.
[[nodiscard]] std::optional<Device> find_device(sqlite::Database& database, std::string_view installation,
                                                std::string_view reference);

} // namespace relevo::tuner
