// SPDX-License-Identifier: LGPL-2.1-or-later
// SegmentIntake: from the bytes of one segment as they were sent to its transport stream.
#pragma once

#include "aes/cbc.hpp"
#include "trouble.hpp"
#include "ts/stream_proof.hpp"

#include <functional>
#include <vector>

namespace relevo::tshlssrc {

/// Holds back the beginning until it is known for a transport stream.
class SegmentIntake {
 public:
  using Sink = std::function<void(std::vector<std::byte>)>;

  /// `skip`: so many bytes of the stream are there already, from an attempt that failed.
  SegmentIntake(std::optional<aes::CbcDecryptor> decryptor, std::uint64_t skip, Sink sink)
      : decryptor_(std::move(decryptor)), skip_(skip), sink_(std::move(sink)) {}

  [[nodiscard]] Failed push(Bytes bytes);
  [[nodiscard]] Failed finish();

 private:
  [[nodiscard]] Failed take(std::vector<std::byte> plain);
  [[nodiscard]] Trouble no_stream(std::string_view seen) const;
  void give(std::vector<std::byte> plain);

  std::optional<aes::CbcDecryptor> decryptor_;
  std::uint64_t skip_;
  Sink sink_;
  ts::StreamProof proof_;
  std::vector<std::byte> head_; // until it is proven
};

} // namespace relevo::tshlssrc
