// SPDX-License-Identifier: LGPL-2.1-or-later
// Counting of connections.
#include "door.hpp"

namespace relevo::net {
namespace {

// Beyond the limits, so that clients learn why they are not served.
constexpr std::size_t kTold = 50;
constexpr std::size_t kToldPerSite = 5;

} // namespace

Door::Admission Door::admit(const IpAddress& from, bool many_behind) {
  const Network site = Network::site_of(from);
  const auto census = census_->lock();
  const auto known = census->sites.find(site);
  const std::size_t here = many_behind || known == census->sites.end() ? 0 : known->second;
  if (census->total >= limits_.connections + kTold || here >= limits_.per_site + kToldPerSite) return {};

  const bool full = census->total >= limits_.connections || here >= limits_.per_site;
  ++census->total;
  ++census->sites[site];
  const auto leave = [kept = census_, site](void*) {
    const auto left = kept->lock();
    --left->total;
    const auto place = left->sites.find(site);
    if (--place->second == 0) left->sites.erase(place);
  };
  return {Ticket(census_.get(), leave), full};
}

} // namespace relevo::net
