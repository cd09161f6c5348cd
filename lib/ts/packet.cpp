// SPDX-License-Identifier: LGPL-2.1-or-later
// Rewriting of adaptation fields, and the packets we make ourselves.
#include "ts/packet.hpp"

#include <cassert>
#include <cstring>

namespace relevo::ts {
namespace {

constexpr unsigned kFlagPcr = 0x10;
constexpr unsigned kFlagOpcr = 0x08;
constexpr unsigned kFlagSplicingPoint = 0x04;
constexpr unsigned kFlagPrivateData = 0x02;
constexpr unsigned kFlagExtension = 0x01;

void write_header(Packet& packet, Pid pid, bool unit_start, unsigned control, unsigned continuity) noexcept {
  packet[0] = kSyncByte;
  store_be16(&packet[1], (unit_start ? 0x4000U : 0U) | pid);
  store_u8(&packet[3], control << 4 | (continuity & 0x0fU));
}

} // namespace

void MutablePacket::set_adaptation_flag(unsigned flag, bool on) noexcept {
  if (!has_adaptation() || load_u8(w_ + 4) == 0) return;
  const unsigned flags = load_u8(w_ + 5);
  store_u8(w_ + 5, on ? flags | flag : flags & ~flag);
}

void MutablePacket::remove_pcr() noexcept {
  if (!has_pcr()) return;
  std::byte* const field = w_ + 6;
  std::byte* const end = w_ + 5 + load_u8(w_ + 4);
  std::memmove(field, field + 6, static_cast<std::size_t>(end - field) - 6);
  std::memset(end - 6, 0xff, 6);
  set_adaptation_flag(kFlagPcr, false);
}

void MutablePacket::shift_other_clocks(Ticks offset) noexcept {
  if (!has_adaptation() || !well_formed() || load_u8(w_ + 4) == 0) return;
  const unsigned flags = load_u8(w_ + 5);
  if ((flags & (kFlagOpcr | kFlagExtension)) == 0) return;
  std::byte* p = w_ + 6;
  const std::byte* const end = w_ + 5 + load_u8(w_ + 4);
  const auto left = [&] { return end - p; };
  if ((flags & kFlagPcr) != 0) p += 6;
  if ((flags & kFlagOpcr) != 0) {
    if (left() < 6) return;
    store_pcr(p, load_pcr(p) + offset * kPcrPerTick);
    p += 6;
  }
  if ((flags & kFlagSplicingPoint) != 0) p += 1;
  if ((flags & kFlagPrivateData) != 0) {
    if (left() < 1) return;
    p += 1 + load_u8(p);
  }
  if ((flags & kFlagExtension) == 0 || left() < 2) return;
  const unsigned extension = load_u8(p + 1);
  p += 2 + ((extension & 0x80) != 0 ? 2 : 0) + ((extension & 0x40) != 0 ? 3 : 0);
  if ((extension & 0x20) != 0 && left() >= 5) store_timestamp(p, load_timestamp(p) + offset);
}

Packet make_pcr_packet(Pid pid, unsigned continuity, Pcr pcr, bool discontinuity) noexcept {
  Packet packet;
  packet.fill(std::byte{0xff});
  write_header(packet, pid, false, 2, continuity);
  store_u8(&packet[4], kPacketSize - 5);
  store_u8(&packet[5], kFlagPcr | (discontinuity ? 0x80U : 0U));
  store_pcr(&packet[6], pcr);
  return packet;
}

Packet make_payload_packet(Pid pid, unsigned continuity, bool unit_start, Bytes payload) noexcept {
  constexpr std::size_t kRoom = kPacketSize - 4;
  assert(!payload.empty() && payload.size() <= kRoom);
  Packet packet;
  const std::size_t padding = kRoom - payload.size();
  write_header(packet, pid, unit_start, padding == 0 ? 1 : 3, continuity);
  if (padding > 0) {
    std::memset(&packet[4], 0xff, padding);
    store_u8(&packet[4], static_cast<unsigned>(padding - 1));
    if (padding > 1) packet[5] = std::byte{0};
  }
  std::memcpy(&packet[kPacketSize - payload.size()], payload.data(), payload.size());
  return packet;
}

} // namespace relevo::ts
