// SPDX-License-Identifier: LGPL-2.1-or-later
// LineReader: bytes cut into lines, however they were cut into blocks.
#pragma once

#include "m3u/parse.hpp"

#include <algorithm>

namespace relevo::m3u {

struct Line {
  std::string_view text; // without its line feed; at most kMaxLineSize bytes
  bool whole = true;     // false: there was more
};

class LineReader {
 public:
  /// Calls on_line(Line) for every line that ends here. Its text is only there during the call.
  template <class OnLine>
  void push(std::string_view block, OnLine&& on_line) {
    while (!block.empty()) {
      const auto end = block.find('\n');
      const auto piece = block.substr(0, end);
      block.remove_prefix(std::min(piece.size() + 1, block.size()));
      if (end == std::string_view::npos)
        keep(piece);
      else if (!kept_any_)
        on_line(Line{piece.substr(0, kMaxLineSize), piece.size() <= kMaxLineSize});
      else
        hand_out(piece, on_line);
    }
  }

  /// The input has ended: calls on_line for a last line without a line feed.
  template <class OnLine>
  void finish(OnLine&& on_line) {
    if (kept_any_) hand_out({}, on_line);
  }

 private:
  void keep(std::string_view piece) {
    kept_any_ = true;
    const auto fits = std::min(piece.size(), kMaxLineSize - kept_.size());
    kept_ += piece.substr(0, fits);
    whole_ = whole_ && fits == piece.size();
  }

  template <class OnLine>
  void hand_out(std::string_view piece, OnLine&& on_line) {
    keep(piece);
    on_line(Line{kept_, whole_});
    kept_.clear();
    kept_any_ = false;
    whole_ = true;
  }

  std::string kept_; // of a line that goes on in the next block
  bool kept_any_ = false;
  bool whole_ = true;
};

} // namespace relevo::m3u
