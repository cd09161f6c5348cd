// SPDX-License-Identifier: LGPL-2.1-or-later
#include "announcer.hpp"

#include <algorithm>
#include <utility>

namespace relevo::tuner {
namespace {

constexpr std::chrono::seconds kLook{20}; // networks come and go
constexpr unsigned kRoundsOfSilence = 15; // then all are told again, long before they forget

} // namespace

Announcer::Announcer(gx::Descriptor socket, House house)
    : house_(std::move(house)),
      port_(std::move(socket), [this](const Datagram& datagram) { answer(datagram); }),
      timer_(gx::Source::every(nullptr, kLook, [this] { look_around(); })) {
  look_around();
}

Announcer::~Announcer() {
  for (const auto& own : networks_)
    tell(own, house_.introduce(own), hdhr::write_ssdp_byebye);
}

void Announcer::announce() {
  for (const auto& own : networks_)
    tell(own, house_.introduce(own), hdhr::write_ssdp_alive);
}

void Announcer::take_leave(const std::vector<std::string>& uuids) const {
  for (const auto& own : networks_) {
    auto devices = house_.introduce(own);
    std::erase_if(devices, [&](const auto& device) { return std::ranges::count(uuids, device.uuid) == 0; });
    tell(own, devices, hdhr::write_ssdp_byebye);
  }
}

/// Networks that were not there are told at once, the others from time to time.
void Announcer::look_around() {
  const auto before = std::exchange(networks_, {});
  const bool all = ++rounds_ % kRoundsOfSilence == 0;
  for (const auto& own : own_addresses()) {
    const auto address = ip::IpAddress::parse(own);
    if (!house_.serves(own) || !house_.welcomes(*address) || !port_.join(hdhr::kSsdpGroup, own)) continue;
    networks_.push_back(own);
    if (all || std::ranges::count(before, own) == 0) tell(own, house_.introduce(own), hdhr::write_ssdp_alive);
  }
}

void Announcer::tell(const std::string& own, const std::vector<hdhr::SsdpDevice>& devices,
                     Write write) const {
  for (const auto& device : devices)
    for (const auto& type : hdhr::ssdp_types(device.uuid))
      port_.send_to_group(write(device, type), hdhr::kSsdpGroup, hdhr::kSsdpPort, own);
}

/// At once: we are few, and whoever searches has room for that.
void Announcer::answer(const Datagram& datagram) {
  const auto search = hdhr::parse_ssdp_search(as_text(datagram.bytes));
  const auto from = datagram.address();
  if (!search || !house_.welcomes(from)) return;
  const auto own = address_towards(from.text());
  if (own.empty() || !house_.serves(own)) return;
  const auto now = Allowance::Time::clock::now();
  for (const auto& device : house_.introduce(own))
    for (const auto& type : hdhr::ssdp_types(device.uuid)) {
      if (search->target != "ssdp:all" && search->target != type) continue;
      if (!allowance_.take(from, now)) return;
      port_.send(hdhr::write_ssdp_answer(device, type), datagram.from);
    }
}

} // namespace relevo::tuner
