// SPDX-License-Identifier: LGPL-2.1-or-later
// Sets that grow together, unless something forbids it.
#pragma once

#include "lineup/name.hpp"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace relevo::lineup {

/// Streams are numbers from 0 on; each begins as a set of its own.
class Unions {
 public:
  using Stream = std::uint32_t;

  /// `names`: of every stream, the one it is judged by; they must outlive this.
  explicit Unions(std::vector<const Name*> names);

  void forbid(Stream a, Stream b);
  void keep_alone(Stream stream) { alone_[stream] = 1; }
  /// What the user put together: nothing forbids it, and no two of these grow together.
  void pin(std::span<const Stream> streams);

  /// Whether they are in one set now.
  bool join(Stream a, Stream b);
  /// Joins each with the first before it that it may be with.
  void join_all(std::span<const Stream> streams);

  [[nodiscard]] Stream find(Stream stream);
  [[nodiscard]] bool is_pinned(Stream stream) const { return pinned_[stream] != 0; }

 private:
  [[nodiscard]] bool may_join(Stream a, Stream b);
  void unite(Stream a, Stream b);

  std::vector<Stream> parent_;
  std::vector<const Name*> names_; // of a root: of its whole set
  std::vector<char> alone_, pinned_;
  std::vector<std::uint32_t> pin_;         // of a root: which of the user's sets it holds; 0: none
  std::vector<std::vector<Stream>> apart_; // of a root: whom its members must not meet
};

} // namespace relevo::lineup
