// SPDX-License-Identifier: LGPL-2.1-or-later
// Growth: how far a file is that is sent while it is still being written.
#pragma once

#include "gx/guarded.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace relevo::net {

/// From any thread. One writes, any number read.
class Growth {
 public:
  struct State {
    std::uint64_t size = 0; // bytes that are there
    bool ended = false;     // no more will come
    bool whole = false;     // and nothing is missing
  };
  [[nodiscard]] State state();

  /// So many bytes are there now.
  void grow(std::uint64_t size);
  /// Not `whole`: connections end early, so that clients notice.
  void end(bool whole);

  /// Calls once, in whatever thread: when there are more than `seen` bytes, or the end has come; at once
  /// where that is so. It must not throw.
  void await(std::uint64_t seen, std::function<void()> wake);

 private:
  struct Inner {
    State state{};
    std::vector<std::function<void()>> waiting{};
  };

  void change(const std::function<void(State&)>& how);

  gx::Guarded<Inner> inner_;
};

} // namespace relevo::net
