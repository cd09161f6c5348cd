// SPDX-License-Identifier: LGPL-2.1-or-later
// PSI sections: assembly, checks, and cutting into packets.
#include "ts/section.hpp"

#include "base/crc32.hpp"

#include <algorithm>
#include <cstring>

namespace relevo::ts {

std::optional<SectionHeader> check_section(Bytes section) noexcept {
  if (section.size() < SectionHeader::kSize + SectionHeader::kCrcSize) return std::nullopt;
  const std::byte* const p = section.data();
  if ((load_u8(p + 1) & 0x80) == 0 || 3U + (load_be16(p + 1) & 0x0fffU) != section.size())
    return std::nullopt;
  if (crc32_mpeg2(section) != 0) return std::nullopt;
  return SectionHeader{.table_id = load_u8(p),
                       .extension = load_be16(p + 3),
                       .version = static_cast<std::uint8_t>(load_u8(p + 5) >> 1 & 0x1f),
                       .current = (load_u8(p + 5) & 1) != 0,
                       .number = load_u8(p + 6),
                       .last_number = load_u8(p + 7)};
}

std::size_t SectionAssembler::append(Bytes bytes) noexcept {
  std::size_t used = 0;
  // Twice at most: the first three bytes tell how many follow.
  while (used < bytes.size() && !complete()) {
    const std::size_t step = std::min(wanted() - size_, bytes.size() - used);
    if (size_ + step > buffer_.size()) {
      reset();
      return bytes.size();
    }
    std::memcpy(buffer_.data() + size_, bytes.data() + used, step);
    size_ += step;
    used += step;
  }
  return used;
}

void seal_section(std::vector<std::byte>& section) {
  const std::size_t length = section.size() - 3 + SectionHeader::kCrcSize;
  store_be16(section.data() + 1, (load_be16(section.data() + 1) & 0xf000U) | static_cast<unsigned>(length));
  const std::uint32_t crc = crc32_mpeg2(section);
  section.resize(section.size() + SectionHeader::kCrcSize);
  store_be32(section.data() + section.size() - SectionHeader::kCrcSize, crc);
}

std::vector<Packet> packetize(Bytes section, Pid pid) {
  std::vector<Packet> packets;
  bool first = true;
  while (first || !section.empty()) {
    Packet packet;
    packet.fill(std::byte{0xff}); // sections are padded by stuffing bytes, not by an adaptation field
    packet[0] = kSyncByte;
    store_be16(&packet[1], (first ? 0x4000U : 0U) | pid);
    store_u8(&packet[3], 0x10U | (packets.size() & 0x0fU));
    std::size_t at = 4;
    if (first) packet[at++] = std::byte{0}; // pointer_field
    const std::size_t size = std::min(section.size(), kPacketSize - at);
    if (size > 0) std::memcpy(&packet[at], section.data(), size);
    section = section.subspan(size);
    packets.push_back(packet);
    first = false;
  }
  return packets;
}

} // namespace relevo::ts
