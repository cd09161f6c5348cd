// SPDX-License-Identifier: LGPL-2.1-or-later
// Writes bit fields and Exp-Golomb codes: the counterpart of the reader, for headers that no encoder here
// makes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace relevo::test {

class BitWriter {
 public:
  BitWriter& u(unsigned bits, std::uint64_t value) {
    while (bits-- > 0)
      bits_.push_back((value >> bits & 1) != 0);
    return *this;
  }
  BitWriter& ue(std::uint32_t value) {
    const std::uint64_t code = std::uint64_t{value} + 1;
    unsigned length = 1;
    while (code >> length != 0)
      ++length;
    return u(2 * length - 1, code);
  }
  BitWriter& se(std::int32_t value) {
    return ue(value > 0 ? static_cast<std::uint32_t>(2 * value - 1) : static_cast<std::uint32_t>(-2 * value));
  }

  /// The bits so far, filled up with zeros.
  [[nodiscard]] std::vector<std::byte> bytes() const {
    std::vector<std::byte> out((bits_.size() + 7) / 8);
    for (std::size_t i = 0; i < bits_.size(); ++i) {
      if (bits_[i]) out[i / 8] |= std::byte{0x80} >> (i % 8);
    }
    return out;
  }
  /// The bits so far as a NAL unit: closed by a one bit, with emulation prevention.
  [[nodiscard]] std::vector<std::byte> unit() const {
    BitWriter closed = *this;
    closed.u(1, 1);
    std::vector<std::byte> out;
    int zeros = 0;
    for (const std::byte b : closed.bytes()) {
      if (zeros >= 2 && b <= std::byte{3}) {
        out.push_back(std::byte{3});
        zeros = 0;
      }
      zeros = b == std::byte{0} ? zeros + 1 : 0;
      out.push_back(b);
    }
    return out;
  }

 private:
  std::vector<bool> bits_;
};

} // namespace relevo::test
