// SPDX-License-Identifier: LGPL-2.1-or-later
// Tap: the bytes between two stages of unpacking, looked at before they pass, and held to a budget.
#pragma once

#include "archive/unpacker.hpp"
#include "form.hpp"

#include <array>

namespace relevo::archive {

/// What went in, and how much may come out.
struct Budget {
  Limits limits;
  std::uint64_t packed = 0; // bytes of the source so far

  /// An error when this many bytes are too many, out of any stage.
  [[nodiscard]] Result<void> allow(std::uint64_t unpacked) const;
};

class Tap {
 public:
  Tap(Read source, const Budget& budget) : source_(std::move(source)), budget_(budget) {}

  /// Before the first read.
  [[nodiscard]] Result<Form> find_form();
  /// As Read.
  [[nodiscard]] Result<std::size_t> read(MutableBytes buffer);

 private:
  Read source_;
  const Budget& budget_;
  std::array<std::byte, kHeadSize> head_{};
  std::size_t head_begin_ = 0;
  std::size_t head_end_ = 0;
  std::uint64_t passed_ = 0;
};

} // namespace relevo::archive
