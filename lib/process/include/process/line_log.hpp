// SPDX-License-Identifier: LGPL-2.1-or-later
// LineLog: the last lines of what a program says, for people to read.
#pragma once

#include "base/bytes.hpp"

#include <deque>
#include <string>
#include <vector>

namespace relevo::process {

/// Takes any bytes in any split, and holds a bounded part of them. As on a terminal, a line that ends with a
/// carriage return alone is written over by the next one: so a progress display is one line, its newest.
class LineLog {
 public:
  static constexpr std::size_t kMaxLines = 20;
  static constexpr std::size_t kMaxLength = 500; // bytes of a line; of a longer one the beginning is kept

  void push(Bytes bytes);

  /// Oldest first, the one that has not ended yet last; secrets are redacted.
  [[nodiscard]] std::vector<std::string> lines() const;

 private:
  void take(char c);
  void end_line();

  std::deque<std::string> lines_;
  std::string open_;
  bool cut_ = false;      // open_ is too long
  bool returned_ = false; // the last character was a carriage return
};

} // namespace relevo::process
