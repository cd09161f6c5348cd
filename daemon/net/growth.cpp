// SPDX-License-Identifier: LGPL-2.1-or-later
// Whoever waits is woken without the lock.
#include "net/growth.hpp"

#include <utility>

namespace relevo::net {

Growth::State Growth::state() {
  return inner_.lock()->state;
}

void Growth::grow(std::uint64_t size) {
  if (size > state().size) change([size](State& state) { state.size = size; });
}

void Growth::end(bool whole) {
  change([whole](State& state) {
    state.ended = true;
    state.whole = whole;
  });
}

void Growth::await(std::uint64_t seen, std::function<void()> wake) {
  {
    const auto inner = inner_.lock();
    if (inner->state.size <= seen && !inner->state.ended) {
      inner->waiting.push_back(std::move(wake));
      return;
    }
  }
  wake();
}

void Growth::change(const std::function<void(State&)>& how) {
  std::vector<std::function<void()>> waiting;
  {
    const auto inner = inner_.lock();
    how(inner->state);
    waiting = std::exchange(inner->waiting, {});
  }
  for (const auto& wake : waiting)
    wake();
}

} // namespace relevo::net
