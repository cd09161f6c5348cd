// SPDX-License-Identifier: LGPL-2.1-or-later
// The continuity counter of one PID (ISO/IEC 13818-1, 2.4.3.3).
#pragma once

#include "ts/packet.hpp"

namespace relevo::ts {

enum class Continuity : std::uint8_t {
  Follows,
  Repeats, // the counter stands still for the first time since it moved: a duplicate, if the bytes agree
  Breaks,  // packets are missing
};

/// Packets without payload keep the value; discontinuity_indicator excuses any; one duplicate is legal.
class ContinuityCounter {
 public:
  [[nodiscard]] Continuity push(PacketView packet) noexcept {
    const unsigned value = packet.continuity();
    const Continuity result = judge(packet, value);
    repeatable_ = packet.has_payload() && result != Continuity::Repeats;
    known_ = true;
    last_ = value;
    return result;
  }
  /// Of the packet before; 0 before the first.
  [[nodiscard]] unsigned last() const noexcept { return last_; }

 private:
  [[nodiscard]] Continuity judge(PacketView packet, unsigned value) const noexcept {
    if (!known_) return Continuity::Follows;
    if (packet.has_payload()) {
      if (value == ((last_ + 1) & 0x0f)) return Continuity::Follows;
      if (value == last_ && repeatable_) return Continuity::Repeats;
    } else if (value == last_) {
      return Continuity::Follows;
    }
    return packet.discontinuity() ? Continuity::Follows : Continuity::Breaks;
  }

  unsigned last_ = 0;
  bool known_ = false;
  bool repeatable_ = false;
};

} // namespace relevo::ts
