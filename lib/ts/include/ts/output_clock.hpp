// SPDX-License-Identifier: LGPL-2.1-or-later
// The continuous clock of a spliced stream: maps the stamps and the PCR of the source that is on.
#pragma once

#include "ts/timeline.hpp"

#include <optional>

namespace relevo::ts {

/// Stamps are moved by one offset per source. The PCR follows it, but must never step back or leave a gap,
/// although sources differ in how far their PCR runs behind their stamps: at a joint it goes on from the last
/// value, and then approaches the source's own distance slowly. All values are unwrapped.
class OutputClock {
 public:
  /// From here on stamps move by `offset`; the next PCR joins the last one.
  void join(Ticks offset) noexcept;

  [[nodiscard]] Ticks offset() const noexcept { return offset_; }
  /// Of the last PCR that went out.
  [[nodiscard]] const std::optional<Pcr>& last() const noexcept { return last_; }

  /// The PCR is nearer to the stamps than in the source: they may come too late.
  [[nodiscard]] bool ahead() const noexcept { return !source_ || pcr_offset_ > offset_ * kPcrPerTick; }

  /// The value to send for a PCR of the source. `limit` is the earliest stamp that is still to be sent: the
  /// clock stays before it.
  Pcr advance(Pcr source, std::optional<Ticks> limit) noexcept;
  /// A value of our own was sent, where the source leaves a gap.
  void set(Pcr value) noexcept { last_ = value; }

 private:
  [[nodiscard]] bool jumped(Pcr source) const noexcept;
  void approach(Pcr step) noexcept;

  Ticks offset_ = 0;
  Pcr pcr_offset_ = 0;
  std::optional<Pcr> source_; // the last PCR of the source that is on
  std::optional<Pcr> last_;
};

} // namespace relevo::ts
