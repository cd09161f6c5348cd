// SPDX-License-Identifier: LGPL-2.1-or-later
// WebSocket frames (RFC 6455, section 5), as a server reads and writes them.
#pragma once

#include "base/bytes.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace relevo::net {

enum class Opcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

enum class CloseCode : std::uint16_t {
  Normal = 1000,
  GoingAway = 1001,
  ProtocolError = 1002,
  PolicyViolation = 1008,
  TooBig = 1009,
};

/// Reads what a client sends, in any split. Control frames come out whole; of data frames only the place is
/// read, because nothing here wants messages: so a client costs no memory, whatever it sends.
class FrameReader {
 public:
  /// The payload is there during the call.
  using OnControl = std::function<void(Opcode, std::string_view payload)>;

  static constexpr std::uint64_t kLongestData = 64 * 1024;

  /// CloseCode::Normal, or which rule was broken; after that, nothing more is to be pushed.
  [[nodiscard]] CloseCode push(Bytes bytes, const OnControl& on_control);

 private:
  [[nodiscard]] CloseCode begin_payload();
  void end_frame(const OnControl& on_control);
  [[nodiscard]] bool control() const noexcept { return (header_[0] & 0x08) != 0; }
  [[nodiscard]] std::size_t header_size() const noexcept;

  std::array<std::uint8_t, 14> header_{}; // two bytes, then up to eight of length, then four of mask
  std::size_t header_filled_ = 0;
  bool in_payload_ = false;
  std::uint64_t length_ = 0;   // of the payload
  std::uint64_t position_ = 0; // in it
  std::string payload_;        // of a control frame, unmasked
};

/// One whole frame, unmasked as a server sends it. A control frame's payload has 125 bytes at most.
[[nodiscard]] std::string write_frame(Opcode opcode, std::string_view payload);
/// `reason` is UTF-8; what goes beyond 123 bytes is cut off between two characters.
[[nodiscard]] std::string write_close_frame(CloseCode code, std::string_view reason);

} // namespace relevo::net
