// SPDX-License-Identifier: LGPL-2.1-or-later
// StreamProof: whether bytes are a transport stream, by how they begin.
#pragma once

#include "ts/sync.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace relevo::ts {

/// What came in place of a transport stream.
enum class Content {
  Nothing,
  Page,     // with which servers and programs say that something went wrong
  Playlist, // of HLS
  Mp4,
  Matroska,
  Flv,
  Ogg,
  TaggedAudio, // without a container, behind an ID3 tag
  Other,
};

/// For people: "a page of text".
[[nodiscard]] std::string_view describe(Content content) noexcept;
/// Whether a demuxer makes a stream of it.
[[nodiscard]] bool is_media(Content content) noexcept;

class StreamProof {
 public:
  /// Takes the next bytes, in any split. Says what they are instead as soon as that is clear; nothing while
  /// they may be a transport stream, and when they are one.
  [[nodiscard]] std::optional<Content> push(Bytes bytes);
  /// They have ended. Nothing for a transport stream.
  [[nodiscard]] std::optional<Content> finish();

  [[nodiscard]] bool proven() const noexcept { return proven_; }

 private:
  void take_packet();

  PacketSync sync_;
  bool proven_ = false;
  bool empty_ = true;
  std::string head_; // the first bytes from the first on that is no blank
};

} // namespace relevo::ts
