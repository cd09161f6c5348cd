// SPDX-License-Identifier: LGPL-2.1-or-later
// What may come to the ports of HDHomeRun devices: any split is read as the same, fields stay in their
// packet, and what was written reads as the same. Input: split pattern, bytes.
#include "fuzz.hpp"
#include "hdhr/messages.hpp"
#include "hdhr/ssdp.hpp"

#include <string>

using namespace relevo;
using namespace relevo::hdhr;
using relevo::fuzz::require;

namespace {

struct Heard {
  std::string packets;
  bool broken = false;

  bool operator==(const Heard&) const = default;
};

void hear(PacketReader& reader, Bytes bytes, Heard& heard) {
  if (heard.broken) return;
  heard.broken = !reader.push(bytes, [&heard](const Packet& packet) {
    require(packet.payload.size() <= kLongestPayload);
    heard.packets += as_text(packet.payload);
  });
}

/// The input as the payload of a packet, because no fuzzer finds a CRC.
std::string wrap(Bytes payload) {
  PacketWriter packet(PacketType::GetSetRequest);
  if (const auto fields = parse_fields(payload))
    for (const Field& field : *fields)
      packet.add_text(field.tag, as_text(field.value));
  return packet.finish();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  fuzz::Splitter splitter{fuzz::take_byte(input)};
  const auto packet = wrap(input);
  const auto parsed = parse_packet(as_bytes(packet));
  require(parsed.has_value());
  require(parse_fields(parsed->payload).has_value());
  static_cast<void>(parse_discover_request(input));
  static_cast<void>(parse_get_set(input));
  static_cast<void>(parse_ssdp_search(as_text(input)));
  std::string stream = packet + packet;
  stream += as_text(input);
  Heard whole, split;
  PacketReader at_once, in_parts;
  hear(at_once, as_bytes(stream), whole);
  splitter(as_bytes(stream), [&](Bytes chunk) { hear(in_parts, chunk, split); });
  require(split == whole);
  require(whole.packets.size() >= 2 * parsed->payload.size());
  return 0;
}
