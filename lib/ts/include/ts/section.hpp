// SPDX-License-Identifier: LGPL-2.1-or-later
// PSI sections: putting them together from packet payloads, and cutting them into packets.
#pragma once

#include "ts/packet.hpp"

#include <vector>

namespace relevo::ts {

inline constexpr std::size_t kMaxSectionSize = 4096; // private sections; PSI proper stays below 1024

/// The header fields of a section with the long syntax (section_syntax_indicator 1).
struct SectionHeader {
  std::uint8_t table_id = 0;
  std::uint16_t extension = 0; // transport stream id, programme number, service id …
  std::uint8_t version = 0;
  bool current = false;
  std::uint8_t number = 0;
  std::uint8_t last_number = 0;

  static constexpr std::size_t kSize = 8;
  static constexpr std::size_t kCrcSize = 4;
};

/// Empty where the section is short syntax, has a wrong length or a wrong CRC.
[[nodiscard]] std::optional<SectionHeader> check_section(Bytes section) noexcept;

/// Assembles the sections of one PID. The buffer is bounded; nonsense costs the section it is in.
class SectionAssembler {
 public:
  /// Calls on_section(Bytes section) for every whole section; the bytes are valid during the call.
  template <class OnSection>
  void push(PacketView packet, OnSection&& on_section) {
    Bytes payload = packet.payload();
    if (payload.empty()) return;
    if (packet.unit_start()) {
      const std::size_t pointer = load_u8(payload.data());
      if (pointer + 1 > payload.size()) return reset();
      if (collecting_) {
        append(payload.subspan(1, pointer));
        if (complete()) on_section(section());
      }
      start();
      payload = payload.subspan(1 + pointer);
    }
    while (collecting_ && !payload.empty()) {
      if (size_ == 0 && payload[0] == std::byte{0xff}) return reset(); // stuffing to the end of the packet
      payload = payload.subspan(append(payload));
      if (!complete()) continue;
      on_section(section());
      start();
    }
  }
  /// After a loss: what was begun cannot be finished.
  void reset() noexcept { collecting_ = false; }

 private:
  void start() noexcept {
    collecting_ = true;
    size_ = 0;
  }
  [[nodiscard]] std::size_t wanted() const noexcept {
    return size_ < 3 ? 3 : 3U + (load_be16(buffer_.data() + 1) & 0x0fffU);
  }
  [[nodiscard]] bool complete() const noexcept { return size_ >= 3 && size_ == wanted(); }
  [[nodiscard]] Bytes section() const noexcept { return {buffer_.data(), size_}; }
  /// Takes what belongs to the section that is open; returns how much that was.
  std::size_t append(Bytes bytes) noexcept;

  std::vector<std::byte> buffer_ = std::vector<std::byte>(kMaxSectionSize);
  std::size_t size_ = 0;
  bool collecting_ = false;
};

/// Completes a section whose header (up to section_length, left 0) and body are in place: writes the length
/// and appends the CRC.
void seal_section(std::vector<std::byte>& section);

/// The packets that carry these sections, one after the other on `pid`; continuity counters count from 0.
[[nodiscard]] std::vector<Packet> packetize(Bytes section, Pid pid);

} // namespace relevo::ts
