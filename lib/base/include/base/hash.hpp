// SPDX-License-Identifier: LGPL-2.1-or-later
// Hashes that may be kept: the same on every machine and for ever (FNV-1a, 64 bits).
#pragma once

#include <cstdint>
#include <string_view>

namespace relevo {

/// Of texts one after the other; where one ends and the next begins counts too.
class Hash {
 public:
  constexpr Hash& add(std::string_view text) noexcept {
    for (const char c : text)
      mix(static_cast<unsigned char>(c));
    mix(kEnd);
    return *this;
  }
  [[nodiscard]] constexpr std::uint64_t value() const noexcept { return value_; }

 private:
  static constexpr unsigned kEnd = 0xff; // in no UTF-8

  constexpr void mix(unsigned byte) noexcept { value_ = (value_ ^ byte) * 0x100000001b3; }

  std::uint64_t value_ = 0xcbf29ce484222325;
};

} // namespace relevo
