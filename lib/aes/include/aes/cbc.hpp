// SPDX-License-Identifier: LGPL-2.1-or-later
// Taking AES-128 off, as HLS puts it on whole segments: CBC with the padding of PKCS #7.
#pragma once

#include "base/bytes.hpp"

#include <array>
#include <nettle/aes.h>
#include <vector>

namespace relevo::aes {

inline constexpr std::size_t kBlockSize = 16;
using Key = std::array<std::uint8_t, kBlockSize>;
using Vector = std::array<std::uint8_t, kBlockSize>;

enum class Ending : std::uint8_t {
  Padded,   // as it should be; the padding was taken off
  Unpadded, // the last block is no padding and was given out whole; some packagers put none
  Cut,      // no whole number of blocks; the rest was dropped
};

/// Bytes go in as they arrive, cut anywhere. Gives out all but what may be padding.
class CbcDecryptor {
 public:
  CbcDecryptor(const Key& key, const Vector& vector);

  /// Appends to `out`.
  void push(Bytes bytes, std::vector<std::byte>& out);
  /// There is no more. Appends what was kept back, without its padding.
  Ending finish(std::vector<std::byte>& out);

 private:
  /// `blocks`: a whole number of them.
  void decrypt(Bytes blocks, std::vector<std::byte>& out);

  aes128_ctx schedule_;
  Vector vector_;
  std::array<std::byte, kBlockSize> rest_; // of the input: up to one block
  std::size_t rest_size_ = 0;
};

} // namespace relevo::aes
