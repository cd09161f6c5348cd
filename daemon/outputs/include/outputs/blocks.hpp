// SPDX-License-Identifier: LGPL-2.1-or-later
// Long texts, written a block at a time.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace relevo::outputs {

/// Takes the next part of a text; what it throws ends the writing.
using Sink = std::function<void(std::string_view)>;

/// Collects text until there is a block of it.
class Blocks {
 public:
  /// `sink` must outlive it.
  explicit Blocks(const Sink& sink) : sink_(sink) { text_.reserve(2 * kSize); }

  /// For the next piece.
  [[nodiscard]] std::string& text() noexcept { return text_; }
  void pass_on_if_full() {
    if (text_.size() >= kSize) pass_on();
  }
  void pass_on() {
    sink_(text_);
    text_.clear();
  }

 private:
  static constexpr std::size_t kSize = 64 << 10;

  const Sink& sink_;
  std::string text_;
};

} // namespace relevo::outputs
