// SPDX-License-Identifier: LGPL-2.1-or-later
// The attribute list of a tag: NAME=value and NAME="quoted value", separated by commas.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace relevo::hls {

/// Views of the text that it was made from. Lenient: blanks around names and values, a missing closing quote,
/// and pieces that are no attribute do no harm.
class Attributes {
 public:
  explicit Attributes(std::string_view text);

  /// Without its quotes; "" where there is none. The first one counts.
  [[nodiscard]] std::string_view operator[](std::string_view name) const noexcept;
  [[nodiscard]] bool is_yes(std::string_view name) const noexcept { return (*this)[name] == "YES"; }

 private:
  std::vector<std::pair<std::string_view, std::string_view>> list_;
};

} // namespace relevo::hls
