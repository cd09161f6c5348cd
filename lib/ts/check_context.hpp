// SPDX-License-Identifier: LGPL-2.1-or-later
// What the rules of the checker share: where they report to, and the clock of the programme.
#pragma once

#include "ts/check.hpp"

namespace relevo::ts {

struct CheckContext {
  Checker::OnViolation on_violation;
  CheckLimits limits;
  std::uint64_t offset = 0; // of the packet at hand
  std::optional<Pcr> pcr{}; // the newest; empty before the first of a time base
  unsigned time_base = 0;   // counts the discontinuities of the clock

  void report(ViolationKind kind, Pid pid, std::string text) const {
    on_violation({.kind = kind, .pid = pid, .offset = offset, .text = std::move(text)});
  }
  /// How far a time stamp lies ahead of the PCR. Only with a PCR.
  [[nodiscard]] Ticks lead_of(Ticks stamp) const noexcept { return lead_of(stamp, *pcr); }
  [[nodiscard]] static Ticks lead_of(Ticks stamp, Pcr pcr) noexcept {
    return wrapped_difference(stamp * kPcrPerTick, pcr, kPcrModulus) / kPcrPerTick;
  }
};

/// "12.3 ms"
[[nodiscard]] std::string in_milliseconds(Ticks ticks);

} // namespace relevo::ts
