// SPDX-License-Identifier: LGPL-2.1-or-later
// StreamProof: whether bytes are a transport stream, by how they begin.
#pragma once

#include "ts/sync.hpp"

#include <string_view>

namespace relevo::ts {

/// Servers and programs say that something went wrong with a page, a picture or a message in place of the
/// stream.
class StreamProof {
 public:
  /// Takes the next bytes, in any split. Says what they are instead as soon as that is clear, for people: "a
  /// page of text"; "" while they may be a transport stream, and when they are one.
  [[nodiscard]] std::string_view push(Bytes bytes);
  /// They have ended. "" for a transport stream.
  [[nodiscard]] std::string_view finish();

  [[nodiscard]] bool proven() const noexcept { return proven_; }

 private:
  void take_packet();

  PacketSync sync_;
  bool proven_ = false;
  bool empty_ = true;
  bool blank_ = true; // nothing but blanks so far
};

} // namespace relevo::ts
