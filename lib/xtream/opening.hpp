// SPDX-License-Identifier: LGPL-2.1-or-later
// What stands in front of the JSON of an answer: byte order marks, blanks, warnings of PHP; or a web page.
#pragma once

#include "xtream/list_reader.hpp"

namespace relevo::xtream {

/// Finds where JSON begins, in the first kMaxOpeningSize bytes.
class Opening {
 public:
  enum class State : std::uint8_t {
    Looking, // for more
    Found,
    Refused, // there is none
  };

  /// While Looking. Keeps what it needs of the block, and returns the rest of it.
  [[nodiscard]] std::string_view push(std::string_view block);
  [[nodiscard]] State state() const noexcept { return state_; }
  /// Once Found: the JSON in what was kept. The rest of the block goes on from there.
  [[nodiscard]] std::string_view begin() const { return std::string_view(text_).substr(begin_); }
  /// The input has ended and nothing was Found, or it was Refused: what it is. Empty where it is "null".
  [[nodiscard]] std::optional<Refusal> refusal() const;

 private:
  void look();

  std::string text_;
  std::size_t begin_ = 0; // of JSON; while Looking, not before this
  State state_ = State::Looking;
};

} // namespace relevo::xtream
