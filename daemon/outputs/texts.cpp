// SPDX-License-Identifier: LGPL-2.1-or-later
// One after the other in large blocks.
#include "outputs/texts.hpp"

#include <algorithm>

namespace relevo::outputs {
namespace {

constexpr std::size_t kBlock = 64 << 10;

} // namespace

std::string_view Texts::keep(std::string_view text, std::string_view end) {
  const auto size = text.size() + end.size();
  if (size == 0) return {};
  if (size > left_) {
    left_ = std::max(kBlock, size);
    next_ = blocks_.emplace_back(std::make_unique_for_overwrite<char[]>(left_)).get();
  }
  const std::string_view kept(next_, size);
  next_ = std::ranges::copy(end, std::ranges::copy(text, next_).out).out;
  left_ -= size;
  return kept;
}

} // namespace relevo::outputs
