// SPDX-License-Identifier: LGPL-2.1-or-later
// SlotLease: the right to one connection of a login.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace relevo::m3uprofilesel {

/// Whoever owns it may be connected; it is given back when it goes.
class SlotLease {
 public:
  explicit SlotLease(std::function<void()> give_back) : give_back_(std::move(give_back)) {}
  SlotLease(SlotLease&& other) noexcept : give_back_(std::exchange(other.give_back_, nullptr)) {}
  SlotLease& operator=(SlotLease&&) = delete;
  ~SlotLease() {
    if (give_back_) give_back_();
  }

 private:
  std::function<void()> give_back_;
};

/// Counts among all elements of the process. Empty when `limit` are taken; 0 is no limit.
[[nodiscard]] std::optional<SlotLease> take_slot(const std::string& account, const std::string& login,
                                                 unsigned limit);

} // namespace relevo::m3uprofilesel
