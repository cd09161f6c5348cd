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

  /// What belongs to the JSON of this block, or stands behind it; of the opening itself what is needed is
  /// given back with it by begin(). To be called while Looking.
  [[nodiscard]] std::string_view push(std::string_view block);
  [[nodiscard]] State state() const noexcept { return state_; }
  /// The JSON so far, as Found.
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
