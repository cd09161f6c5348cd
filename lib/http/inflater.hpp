// SPDX-License-Identifier: LGPL-2.1-or-later
// Inflater: gzip taken off a body piece by piece.
#pragma once

#include "base/bytes.hpp"
#include "gx/ref.hpp"

#include <functional>

namespace relevo::http {

class Inflater {
 public:
  Inflater();

  enum class Outcome { Ok, Stopped, Corrupt };

  /// Hands what `packed` unpacks to, in blocks, to `sink`, until that answers false (Stopped). Several gzip
  /// members in a row are one body; what follows the last one and is no gzip is dropped.
  [[nodiscard]] Outcome feed(Bytes packed, const std::function<bool(Bytes)>& sink);

  /// Every member that began has ended.
  [[nodiscard]] bool complete() const noexcept { return state_ != State::Inside; }

 private:
  enum class State { Before, Inside, Between, Trailing };

  gx::Ref<GZlibDecompressor> gzip_;
  State state_ = State::Before;
};

} // namespace relevo::http
