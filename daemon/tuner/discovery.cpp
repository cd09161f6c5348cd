// SPDX-License-Identifier: LGPL-2.1-or-later
#include "discovery.hpp"

#include <utility>

namespace relevo::tuner {

Discovery::Discovery(gx::Descriptor socket, House house)
    : house_(std::move(house)),
      port_(std::move(socket), [this](const Datagram& datagram) { answer(datagram); }) {}

/// What is no request gets no answer, and so does a stranger.
void Discovery::answer(const Datagram& datagram) {
  const auto packet = hdhr::parse_packet(datagram.bytes);
  if (!packet || packet->type != hdhr::PacketType::DiscoverRequest) return;
  const auto request = hdhr::parse_discover_request(packet->payload);
  const auto from = datagram.address();
  if (!request || !request->tuners || !house_.welcomes(from)) return;
  const auto now = Allowance::Time::clock::now();
  for (const auto& device : house_.introduce(from.text())) {
    if (request->id && *request->id != device.id) continue;
    if (!allowance_.take(from, now)) return;
    port_.send(hdhr::write_discover_reply(device), datagram.from);
  }
}

} // namespace relevo::tuner
