// SPDX-License-Identifier: LGPL-2.1-or-later
// What the fuzz targets share: laws that trap, input cut into packets, and packets cut into chunks.
#pragma once

#include "base/bytes.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace relevo::fuzz {

/// A law of the code under test: breaking it is a finding.
inline void require(bool law) {
  if (!law) std::abort();
}

/// Takes the first byte of the input, 0 when there is none left.
inline std::uint8_t take_byte(Bytes& input) {
  if (input.empty()) return 0;
  const std::uint8_t value = load_u8(input.data());
  input = input.subspan(1);
  return value;
}

/// Takes this many bytes of the input, or what there is.
inline Bytes take_bytes(Bytes& input, std::size_t size) {
  const Bytes taken = input.first(std::min(size, input.size()));
  input = input.subspan(taken.size());
  return taken;
}

/// Takes the input as far as the next "CUT!", which is dropped.
inline Bytes take_packet(Bytes& input) {
  constexpr std::string_view kCut = "CUT!";
  const std::size_t size = std::min(as_text(input).find(kCut), input.size());
  const Bytes packet = input.first(size);
  input = input.subspan(std::min(size + kCut.size(), input.size()));
  return packet;
}

/// Cuts bytes into chunks of 1 to 200 bytes, by a pattern that the seed picks.
class Splitter {
 public:
  explicit Splitter(std::uint8_t seed) : state_(seed) {}

  template <class Push>
  void operator()(Bytes bytes, Push push) {
    while (!bytes.empty()) {
      state_ = state_ * 1664525 + 1013904223;
      const std::size_t size =
          std::min<std::size_t>(1 + (state_ >> 16) % ((state_ & 0x100) != 0 ? 200 : 4), bytes.size());
      push(bytes.first(size));
      bytes = bytes.subspan(size);
    }
  }

 private:
  std::uint32_t state_;
};

} // namespace relevo::fuzz
