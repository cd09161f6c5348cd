// SPDX-License-Identifier: LGPL-2.1-or-later
// Texts: a place for many small texts that go together.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace relevo::outputs {

class Texts {
 public:
  /// A copy, with `end` behind it, which stays where it is for as long as this lives, also when this is
  /// moved.
  [[nodiscard]] std::string_view keep(std::string_view text, std::string_view end = {});

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr; // in the last one
  std::size_t left_ = 0;
};

} // namespace relevo::outputs
