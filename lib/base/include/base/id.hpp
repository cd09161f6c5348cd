// SPDX-License-Identifier: LGPL-2.1-or-later
// Id<T>: the number of a thing that is kept, of a type of its own, so that a channel is never taken for a
// stream.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace relevo {

/// T is never looked at; it only tells ids apart.
template <class T>
struct Id {
  std::int64_t value = 0; // 0: none yet

  explicit operator bool() const noexcept { return value != 0; }
  auto operator<=>(const Id&) const = default;
};

} // namespace relevo

template <class T>
struct std::hash<relevo::Id<T>> {
  std::size_t operator()(relevo::Id<T> id) const noexcept { return std::hash<std::int64_t>()(id.value); }
};
