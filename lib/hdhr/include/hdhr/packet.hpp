// SPDX-License-Identifier: LGPL-2.1-or-later
// Packets of HDHomeRun devices, on UDP and TCP port 65001: type, length, fields, CRC-32.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::hdhr {

enum class PacketType : std::uint16_t {
  DiscoverRequest = 2,
  DiscoverReply = 3,
  GetSetRequest = 4,
  GetSetReply = 5,
};

enum class Tag : std::uint8_t {
  DeviceType = 0x01,
  DeviceId = 0x02,
  Name = 0x03,
  Value = 0x04,
  ErrorMessage = 0x05,
  TunerCount = 0x10,
  LockKey = 0x15,
  LineupUrl = 0x27,
  BaseUrl = 0x2a,
  DeviceAuth = 0x2b,
  DeviceTypes = 0x2d, // several
};

constexpr std::size_t kLongestPayload = 1452;
constexpr std::size_t kOverhead = 8; // type, length, CRC

/// A view of what was parsed.
struct Packet {
  PacketType type{}; // perhaps none of those that are named
  Bytes payload{};
};

struct Field {
  Tag tag{}; // likewise
  Bytes value{};
};

/// The packet that the bytes begin with; what stands behind it is not looked at.
[[nodiscard]] Result<Packet> parse_packet(Bytes bytes);

/// An error's offset is in the payload.
[[nodiscard]] Result<std::vector<Field>> parse_fields(Bytes payload);

/// Texts may end with a zero byte, or not.
[[nodiscard]] std::string_view text_of(const Field& field) noexcept;

/// Packets out of a connection, in any split.
class PacketReader {
 public:
  /// The packet is there during the call.
  using OnPacket = std::function<void(const Packet&)>;

  /// After an error nothing more is to be pushed: where the next packet begins is unknown.
  [[nodiscard]] Result<void> push(Bytes bytes, const OnPacket& on_packet);

 private:
  std::vector<std::byte> kept_; // the beginning of a packet: less than the longest
};

/// Builds one packet. What would make it too long is cut off the end of a text.
class PacketWriter {
 public:
  explicit PacketWriter(PacketType type);

  PacketWriter& add_u8(Tag tag, unsigned value);
  PacketWriter& add_u32(Tag tag, std::uint32_t value);
  PacketWriter& add_text(Tag tag, std::string_view text);        // as it is
  PacketWriter& add_closed_text(Tag tag, std::string_view text); // with a zero byte at its end
  /// Nothing is to be added afterwards.
  [[nodiscard]] std::string finish();

 private:
  void add(Tag tag, std::string_view value);
  [[nodiscard]] std::size_t room() const noexcept; // for a value

  std::string bytes_;
};

} // namespace relevo::hdhr
