// SPDX-License-Identifier: LGPL-2.1-or-later
// One transport packet: a view of its 188 bytes, the same for writing, and the packets we make ourselves.
#pragma once

#include "base/bytes.hpp"
#include "ts/timeline.hpp"

#include <array>
#include <optional>

namespace relevo::ts {

inline constexpr std::size_t kPacketSize = 188;
inline constexpr std::byte kSyncByte{0x47};

using Pid = std::uint16_t;
using Packet = std::array<std::byte, kPacketSize>;

inline constexpr Pid kPatPid = 0x0000;
inline constexpr Pid kCatPid = 0x0001;
inline constexpr Pid kSdtPid = 0x0011;
inline constexpr Pid kTdtPid = 0x0014; // time and date, and time offset
inline constexpr Pid kNullPid = 0x1fff;
inline constexpr std::size_t kPidCount = 0x2000;

/// Borrows 188 bytes that begin with the sync byte. No call reads past them, whatever they hold.
class PacketView {
 public:
  explicit constexpr PacketView(const std::byte* packet) noexcept : p_(packet) {}

  [[nodiscard]] constexpr bool transport_error() const noexcept { return (load_u8(p_ + 1) & 0x80) != 0; }
  [[nodiscard]] constexpr bool unit_start() const noexcept { return (load_u8(p_ + 1) & 0x40) != 0; }
  [[nodiscard]] constexpr Pid pid() const noexcept { return load_be16(p_ + 1) & 0x1fff; }
  [[nodiscard]] constexpr unsigned scrambling() const noexcept { return load_u8(p_ + 3) >> 6; }
  [[nodiscard]] constexpr bool has_adaptation() const noexcept { return (load_u8(p_ + 3) & 0x20) != 0; }
  [[nodiscard]] constexpr bool has_payload() const noexcept { return (load_u8(p_ + 3) & 0x10) != 0; }
  [[nodiscard]] constexpr unsigned continuity() const noexcept { return load_u8(p_ + 3) & 0x0f; }

  /// False where the adaptation field claims more bytes than the packet has, or the header announces neither
  /// field (adaptation_field_control 0 is reserved: decoders discard such packets).
  [[nodiscard]] constexpr bool well_formed() const noexcept {
    if (!has_adaptation()) return has_payload();
    return load_u8(p_ + 4) <= (has_payload() ? 182U : 183U);
  }
  /// Empty without a payload and in a malformed packet.
  [[nodiscard]] constexpr Bytes payload() const noexcept {
    if (!has_payload() || !well_formed()) return {};
    const std::size_t offset = has_adaptation() ? 5U + load_u8(p_ + 4) : 4U;
    return {p_ + offset, kPacketSize - offset};
  }

  [[nodiscard]] constexpr bool discontinuity() const noexcept { return adaptation_flag(0x80); }
  [[nodiscard]] constexpr bool random_access() const noexcept { return adaptation_flag(0x40); }
  [[nodiscard]] constexpr std::optional<Pcr> pcr() const noexcept {
    if (!has_pcr()) return std::nullopt;
    return load_pcr(p_ + 6);
  }
  [[nodiscard]] constexpr bool has_pcr() const noexcept {
    return adaptation_flag(0x10) && load_u8(p_ + 4) >= 7;
  }

  [[nodiscard]] constexpr const std::byte* data() const noexcept { return p_; }
  [[nodiscard]] constexpr Bytes bytes() const noexcept { return {p_, kPacketSize}; }

 private:
  [[nodiscard]] constexpr bool adaptation_flag(unsigned flag) const noexcept {
    return has_adaptation() && well_formed() && load_u8(p_ + 4) != 0 && (load_u8(p_ + 5) & flag) != 0;
  }
  const std::byte* p_;
};

/// The same for writing, in place.
class MutablePacket : public PacketView {
 public:
  explicit constexpr MutablePacket(std::byte* packet) noexcept : PacketView(packet), w_(packet) {}

  constexpr void set_pid(Pid pid) noexcept { store_be16(w_ + 1, (load_be16(w_ + 1) & 0xe000U) | pid); }
  constexpr void set_continuity(unsigned value) noexcept {
    store_u8(w_ + 3, (load_u8(w_ + 3) & 0xf0U) | (value & 0x0fU));
  }
  /// The setters of adaptation flags change nothing in a packet whose adaptation field has no flags byte.
  void set_discontinuity(bool on) noexcept { set_adaptation_flag(0x80, on); }
  void set_random_access(bool on) noexcept { set_adaptation_flag(0x40, on); }
  /// Only where has_pcr().
  void set_pcr(Pcr pcr) noexcept { store_pcr(w_ + 6, pcr); }
  /// Takes the PCR out and fills its place with stuffing behind the other fields.
  void remove_pcr() noexcept;
  /// Moves the other clocks of the adaptation field: OPCR, and DTS_next_AU of a seamless splice.
  void shift_other_clocks(Ticks offset) noexcept;

  [[nodiscard]] constexpr std::byte* data() noexcept { return w_; }

 private:
  void set_adaptation_flag(unsigned flag, bool on) noexcept;
  std::byte* w_;
};

/// A packet that carries a PCR and nothing else. Its continuity counter is that of the packet before it on
/// the PID.
[[nodiscard]] Packet make_pcr_packet(Pid pid, unsigned continuity, Pcr pcr, bool discontinuity) noexcept;

/// A packet with this payload (1 to 184 bytes), padded by an adaptation field of stuffing.
[[nodiscard]] Packet make_payload_packet(Pid pid, unsigned continuity, bool unit_start,
                                         Bytes payload) noexcept;

} // namespace relevo::ts
