// SPDX-License-Identifier: LGPL-2.1-or-later
// One state per PID, made when the PID is first seen and found by one look-up.
#pragma once

#include "ts/packet.hpp"

#include <array>
#include <deque>

namespace relevo::ts {

/// `State` is constructed from its Pid. References stay valid as long as the table.
template <class State>
class PidTable {
 public:
  [[nodiscard]] State& operator[](Pid pid) {
    std::uint16_t& slot = slots_[pid];
    if (slot == 0) {
      states_.emplace_back(pid);
      slot = static_cast<std::uint16_t>(states_.size());
    }
    return states_[slot - 1U];
  }
  /// Null for a PID that was not seen.
  [[nodiscard]] State* find(Pid pid) noexcept {
    return slots_[pid] == 0 ? nullptr : &states_[slots_[pid] - 1U];
  }
  [[nodiscard]] const State* find(Pid pid) const noexcept {
    return slots_[pid] == 0 ? nullptr : &states_[slots_[pid] - 1U];
  }

  /// In the order in which they were first seen.
  [[nodiscard]] auto begin() noexcept { return states_.begin(); }
  [[nodiscard]] auto end() noexcept { return states_.end(); }
  [[nodiscard]] auto begin() const noexcept { return states_.begin(); }
  [[nodiscard]] auto end() const noexcept { return states_.end(); }

 private:
  std::array<std::uint16_t, kPidCount> slots_{}; // index into states_, from 1; 0: not seen
  std::deque<State> states_;
};

} // namespace relevo::ts
