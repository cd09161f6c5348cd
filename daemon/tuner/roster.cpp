// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tuner/roster.hpp"

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "outputs/lineup.hpp"
#include "store/accounts.hpp"
#include "store/profiles.hpp"

#include <algorithm>
#include <unordered_set>

namespace relevo::tuner {
namespace {

constexpr std::size_t kMostParts = 100; // 48,000 channels

/// Of a limit, where 0 is any number.
unsigned limit_of(std::size_t connections) noexcept {
  return connections == 0 ? kMostTuners
                          : static_cast<unsigned>(std::min<std::size_t>(connections, kMostTuners));
}

unsigned limit_of(int connections) noexcept {
  return limit_of(static_cast<std::size_t>(std::max(connections, 0)));
}

/// `seen`: logins of providers that several accounts share, which count once.
unsigned count_connections(const Provider& provider, model::Time now, std::unordered_set<std::string>& seen) {
  const auto of_account = limit_of(provider.account.connections);
  if (provider.logins.empty()) return of_account;
  unsigned sum = 0;
  for (const auto& login : provider.logins) {
    if (!login.enabled || (login.expires && *login.expires <= now)) continue;
    const auto& group = provider.account.server_group;
    const bool shared = !group.empty() && !login.username.empty();
    if (shared && !seen.insert(concat(group, '/', login.username)).second) continue;
    sum += limit_of(login.connections);
  }
  return std::min(sum, of_account);
}

std::string in_upper_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

} // namespace

unsigned count_tuners(const std::vector<Provider>& providers, model::Time now,
                      std::initializer_list<std::size_t> most) {
  unsigned sum = 0;
  std::unordered_set<std::string> seen;
  for (const auto& provider : providers)
    if (provider.account.enabled) sum += count_connections(provider, now, seen);
  for (const auto one : most)
    sum = std::min(sum, limit_of(one));
  return std::clamp(sum, 1U, kMostTuners);
}

std::vector<Provider> load_providers(sqlite::Database& database) {
  std::vector<Provider> providers;
  for (auto& account : store::load_accounts(database)) {
    auto logins = store::load_logins(database, account.id);
    providers.push_back({std::move(account), std::move(logins)});
  }
  return providers;
}

Offer load_offer(sqlite::Database& database, const std::string& profile, std::size_t part,
                 const std::optional<std::vector<model::ProfileId>>& only) {
  const auto lineup = outputs::load_lineup(database, {profile, {}, only});
  Offer offer;
  if (!lineup) return offer;
  std::unordered_set<model::ChannelNumber> taken;
  for (const auto& [channel, id] : *lineup) {
    if (!channel.number || !taken.insert(*channel.number).second) continue;
    if (offer.all++ / kMostStations != part) continue;
    std::string name;
    append_clean(name, channel.name);
    offer.stations.push_back({lineup::write(*channel.number), std::move(name), std::string(channel.uuid)});
  }
  return offer;
}

std::vector<Device> make_devices(std::string_view installation, std::int64_t profile, const std::string& name,
                                 std::size_t stations) {
  std::vector<Device> devices;
  for (std::size_t part = 0; part < std::min(parts_of(stations), kMostParts); ++part)
    devices.push_back(make_device(installation, profile, name, part));
  return devices;
}

Roster load_roster(sqlite::Database& database, std::string_view installation,
                   const std::vector<std::string>& profiles) {
  Roster roster;
  std::vector<Device> more; // beyond the first of each
  const auto add = [&](std::vector<Device> devices, unsigned place) {
    more.insert(more.end(), devices.begin() + 1, devices.end());
    roster.devices.push_back({std::move(devices.front()), place});
  };
  auto offer = load_offer(database, {}, 0);
  add(make_devices(installation, 0, {}, offer.all), 0);
  roster.stations = std::move(offer.stations);
  const auto known = store::load_profiles(database);
  unsigned place = 0;
  for (const auto& name : profiles) {
    ++place;
    const auto profile = std::ranges::find(known, name, &model::ChannelProfile::name);
    if (profile == known.end())
      roster.missing.push_back(name);
    else
      add(make_devices(installation, profile->id.value, name, load_offer(database, name, 0).all), place);
  }
  for (auto& device : more)
    roster.devices.push_back({std::move(device), ++place});
  return roster;
}

std::optional<Device> find_device(sqlite::Database& database, std::string_view installation,
                                  std::string_view reference) {
  if (reference.empty()) return make_device(installation, 0, {}, 0);
  auto profiles = store::load_profiles(database);
  for (const auto& profile : profiles)
    if (profile.name == reference) return make_device(installation, profile.id.value, profile.name, 0);
  profiles.insert(profiles.begin(), model::ChannelProfile{});
  const auto id = in_upper_case(reference);
  for (const auto& profile : profiles)
    for (std::size_t part = 0; part < kMostParts; ++part)
      if (auto device = make_device(installation, profile.id.value, profile.name, part);
          hdhr::write(device.id) == id)
        return device;
  return std::nullopt;
}

} // namespace relevo::tuner
