// SPDX-License-Identifier: LGPL-2.1-or-later
// Bytes of tests, written as hexadecimal text.
#pragma once

#include "base/bytes.hpp"

#include <stdexcept>
#include <string_view>
#include <vector>

namespace relevo::test {

/// White space between the digits is ignored; anything else throws.
inline std::vector<std::byte> from_hex(std::string_view text) {
  std::vector<std::byte> bytes;
  int high = -1;
  for (const char c : text) {
    if (c == ' ' || c == '\n') continue;
    const auto digit = std::string_view("0123456789abcdef").find(c);
    if (digit == std::string_view::npos) throw std::invalid_argument("not a hexadecimal digit");
    if (high < 0) {
      high = static_cast<int>(digit);
    } else {
      bytes.push_back(static_cast<std::byte>(high << 4 | static_cast<int>(digit)));
      high = -1;
    }
  }
  if (high >= 0) throw std::invalid_argument("odd number of hexadecimal digits");
  return bytes;
}

} // namespace relevo::test
