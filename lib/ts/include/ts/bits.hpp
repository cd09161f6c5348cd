// SPDX-License-Identifier: LGPL-2.1-or-later
// A reader of bit fields and Exp-Golomb codes that cannot leave its bytes.
#pragma once

#include "base/bytes.hpp"

#include <cstdint>

namespace relevo::ts {

enum class Emulation : std::uint8_t {
  None,   // the bytes are the syntax
  Remove, // a NAL unit: the 03 of every 00 00 03 is skipped while reading (H.264 and H.265, 7.4.1)
};

/// Borrows its bytes. A read past their end gives 0 and fails the reader for good: a parser reads a whole
/// structure and asks once, at its end, whether ok() still holds.
class BitReader {
 public:
  explicit BitReader(Bytes bytes, Emulation emulation = Emulation::None) noexcept
      : rest_(bytes), remove_(emulation == Emulation::Remove) {}

  [[nodiscard]] std::uint32_t u(unsigned bits) noexcept; // at most 32
  [[nodiscard]] bool flag() noexcept { return u(1) != 0; }
  [[nodiscard]] std::uint32_t ue() noexcept; // up to 2^32 - 2; a longer code fails the reader
  [[nodiscard]] std::int32_t se() noexcept;
  void skip(std::size_t bits) noexcept;
  void skip_ue() noexcept { static_cast<void>(ue()); }

  [[nodiscard]] bool ok() const noexcept { return ok_; }
  /// Takes a value that the syntax forbids for what it is: the reader fails.
  void fail() noexcept { ok_ = false; }

 private:
  bool load() noexcept;

  Bytes rest_;
  std::uint8_t current_ = 0;
  std::uint8_t left_ = 0;  // bits of current_ not read yet
  std::uint8_t zeros_ = 0; // zero bytes in a row before rest_
  bool remove_;
  bool ok_ = true;
};

} // namespace relevo::ts
