// SPDX-License-Identifier: LGPL-2.1-or-later
// Values that are repaired where they are faulty, with a note of each fault and its line.
#pragma once

#include "hls/parse.hpp"

namespace relevo::hls {

class Lenient {
 public:
  void note(std::string message);

  /// From zero to kMaxDuration. `what` names the value in the note.
  [[nodiscard]] Duration duration(std::string_view text, std::string_view what);
  /// Empty where there is no text.
  [[nodiscard]] std::optional<Duration> optional_duration(std::string_view text, std::string_view what);
  /// 0 for what is no number. Of numbers too long for sums with them the last digits count: they still go on
  /// by one where sequence numbers do.
  [[nodiscard]] std::uint64_t number(std::string_view text);
  /// `previous_end` is where a range without an offset begins; empty: nothing stands before it to go on from.
  [[nodiscard]] std::optional<ByteRange> range(std::string_view text,
                                               std::optional<std::uint64_t> previous_end);

  std::size_t line = 0;    // that is being read
  std::vector<Note> notes; // the first kMaxNotes
  std::size_t faults = 0;
};

} // namespace relevo::hls
