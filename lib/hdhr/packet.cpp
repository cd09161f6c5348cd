// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hdhr/packet.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relevo::hdhr {
namespace {

constexpr std::size_t kHeader = 4, kCrc = 4;
constexpr std::size_t kShort = 0x80; // lengths from here on take two bytes

/// That of Ethernet: reflected, least significant byte first on the wire.
std::uint32_t crc32(Bytes bytes) noexcept {
  static constexpr auto kTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      table[i] = i;
      for (int bit = 0; bit < 8; ++bit)
        table[i] = table[i] >> 1 ^ ((table[i] & 1) != 0 ? 0xedb88320U : 0);
    }
    return table;
  }();
  std::uint32_t crc = 0xffffffff;
  for (const std::byte b : bytes)
    crc = crc >> 8 ^ kTable[(crc ^ std::to_integer<std::uint32_t>(b)) & 0xff];
  return ~crc;
}

std::uint32_t load_le32(const std::byte* p) noexcept {
  return std::uint32_t{load_u8(p)} | std::uint32_t{load_u8(p + 1)} << 8 |
         std::uint32_t{load_u8(p + 2)} << 16 | std::uint32_t{load_u8(p + 3)} << 24;
}

/// Of the whole packet; `bytes` has its header.
std::size_t size_of_packet(Bytes bytes) noexcept {
  return kOverhead + load_be16(bytes.data() + 2);
}

} // namespace

Result<Packet> parse_packet(Bytes bytes) {
  if (bytes.size() < kOverhead) return fail("shorter than any packet", bytes.size());
  const auto size = size_of_packet(bytes);
  if (size > kLongestPayload + kOverhead) return fail("longer than a packet may be", 2);
  if (size > bytes.size()) return fail("the packet is cut off", bytes.size());
  const auto covered = bytes.first(size - kCrc);
  if (crc32(covered) != load_le32(bytes.data() + covered.size()))
    return fail("the CRC is wrong", covered.size());
  return Packet{static_cast<PacketType>(load_be16(bytes.data())), covered.subspan(kHeader)};
}

Result<std::vector<Field>> parse_fields(Bytes payload) {
  std::vector<Field> fields;
  std::size_t at = 0;
  const auto left = [&] { return payload.size() - at; };
  while (left() > 0) {
    if (left() < 2) return fail("a field without a length", at);
    const auto tag = static_cast<Tag>(load_u8(&payload[at]));
    std::size_t size = load_u8(&payload[at + 1]);
    std::size_t header = 2;
    if (size >= kShort) {
      if (left() < 3) return fail("half of a length", at);
      size = (size & (kShort - 1)) | std::size_t{load_u8(&payload[at + 2])} << 7;
      header = 3;
    }
    if (size > left() - header) return fail("a field beyond the end of its packet", at);
    fields.push_back({tag, payload.subspan(at + header, size)});
    at += header + size;
  }
  return fields;
}

std::string_view text_of(const Field& field) noexcept {
  const auto text = as_text(field.value);
  return text.substr(0, text.find('\0'));
}

Result<void> PacketReader::push(Bytes bytes, const OnPacket& on_packet) {
  while (!bytes.empty()) {
    const auto wanted = kept_.size() < kHeader ? kHeader : size_of_packet(kept_);
    if (wanted > kLongestPayload + kOverhead) return fail("longer than a packet may be", 2);
    const auto taken = bytes.first(std::min(wanted - kept_.size(), bytes.size()));
    kept_.insert(kept_.end(), taken.begin(), taken.end());
    bytes = bytes.subspan(taken.size());
    if (wanted == kHeader || kept_.size() < wanted) continue;
    const auto packet = parse_packet(kept_);
    if (!packet) return tl::unexpected(packet.error());
    on_packet(*packet);
    kept_.clear();
  }
  return {};
}

PacketWriter::PacketWriter(PacketType type) {
  const auto number = static_cast<unsigned>(type);
  bytes_ = {static_cast<char>(number >> 8), static_cast<char>(number & 0xff), 0, 0};
}

PacketWriter& PacketWriter::add_u8(Tag tag, unsigned value) {
  const char byte = static_cast<char>(value);
  add(tag, {&byte, 1});
  return *this;
}

PacketWriter& PacketWriter::add_u32(Tag tag, std::uint32_t value) {
  std::array<std::byte, 4> bytes;
  store_be32(bytes.data(), value);
  add(tag, as_text(bytes));
  return *this;
}

PacketWriter& PacketWriter::add_text(Tag tag, std::string_view text) {
  add(tag, text.substr(0, room()));
  return *this;
}

PacketWriter& PacketWriter::add_closed_text(Tag tag, std::string_view text) {
  add(tag, concat(text.substr(0, room() - std::min<std::size_t>(room(), 1)), '\0'));
  return *this;
}

std::size_t PacketWriter::room() const noexcept {
  constexpr std::size_t kFieldHeader = 3;
  const auto used = bytes_.size() - kHeader + kFieldHeader;
  return used < kLongestPayload ? kLongestPayload - used : 0;
}

void PacketWriter::add(Tag tag, std::string_view value) {
  if (value.size() > room()) return;
  bytes_ += static_cast<char>(tag);
  if (value.size() < kShort) {
    bytes_ += static_cast<char>(value.size());
  } else {
    bytes_ += static_cast<char>((value.size() & (kShort - 1)) | kShort);
    bytes_ += static_cast<char>(value.size() >> 7);
  }
  bytes_ += value;
}

std::string PacketWriter::finish() {
  const auto size = bytes_.size() - kHeader;
  bytes_[2] = static_cast<char>(size >> 8);
  bytes_[3] = static_cast<char>(size & 0xff);
  const auto crc = crc32(as_bytes(bytes_));
  for (unsigned shift = 0; shift < 32; shift += 8)
    bytes_ += static_cast<char>(crc >> shift & 0xff);
  return std::move(bytes_);
}

} // namespace relevo::hdhr
