// SPDX-License-Identifier: LGPL-2.1-or-later
// The elements of one JSON array, or the members of one object, cut out as text while its bytes arrive.
#pragma once

#include "xtream/list_reader.hpp"

#include <string>
#include <string_view>

namespace relevo::xtream {

/// Knows brackets, strings and escapes; whether a piece is JSON is for others to say. Where a piece is
/// malformed in a way that would draw in the next ones (a quote too many, a brace too few), the place where
/// the next one must begin is found again.
class PieceReader {
 public:
  /// `text` is there during the call: an element, or a member with its key. Not `whole`: cut at kMaxRowSize.
  using OnPiece = std::function<void(std::string_view text, bool whole)>;

  explicit PieceReader(OnPiece on_piece) : on_piece_(std::move(on_piece)) {}

  /// The first byte of all is the '[' or '{'. What comes after its end is passed over.
  void push(std::string_view block);
  [[nodiscard]] bool ended() const noexcept { return ended_; }
  [[nodiscard]] bool of_object() const noexcept { return kind_ == '{'; }

 private:
  void step(char c);
  void step_in_string(char c);
  void open(char c);
  void close(char c);
  void keep(std::string_view text);
  void hand_out(std::string_view text);
  void restart(std::string_view rest);
  [[nodiscard]] bool resume_behind_torn_string();

  OnPiece on_piece_;
  char kind_ = 0;          // of the outermost bracket
  std::string open_;       // brackets, from the outermost on
  std::size_t deeper_ = 0; // brackets inside of them, not told apart
  std::string piece_;
  bool whole_ = true;
  bool in_string_ = false;
  bool escaped_ = false;
  std::size_t string_begin_ = 0; // of the last one, in piece_
  char previous_ = 0;            // outside strings, no blank
  bool ended_ = false;
};

} // namespace relevo::xtream
