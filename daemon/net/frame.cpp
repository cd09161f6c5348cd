// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading and writing of WebSocket frames.
#include "net/frame.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace relevo::net {
namespace {

constexpr std::uint8_t kFinal = 0x80, kReserved = 0x70, kOpcode = 0x0f;
constexpr std::uint8_t kMasked = 0x80, kLength = 0x7f;
constexpr std::uint8_t kLongestControl = 125, kLength16 = 126, kLength64 = 127;

bool known(std::uint8_t opcode) noexcept {
  return opcode <= 2 || (opcode >= 8 && opcode <= 10);
}

} // namespace

std::size_t FrameReader::header_size() const noexcept {
  constexpr std::size_t kMask = 4;
  if (header_filled_ < 2) return 2;
  const auto length = header_[1] & kLength;
  return 2 + (length == kLength64 ? 8 : length == kLength16 ? 2 : 0) + kMask;
}

CloseCode FrameReader::push(Bytes bytes, const OnControl& on_control) {
  for (;;) {
    while (!in_payload_ && !bytes.empty()) {
      header_[header_filled_++] = load_u8(bytes.data());
      bytes = bytes.subspan(1);
      if (header_filled_ < header_size()) continue;
      if (const auto verdict = begin_payload(); verdict != CloseCode::Normal) return verdict;
    }
    if (!in_payload_) return CloseCode::Normal;
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), length_ - position_));
    if (control()) {
      const std::uint8_t* mask = header_.data() + header_filled_ - 4;
      for (std::size_t i = 0; i < size; ++i)
        payload_ += static_cast<char>(load_u8(&bytes[i]) ^ mask[(position_ + i) % 4]);
    }
    position_ += size;
    bytes = bytes.subspan(size);
    if (position_ < length_) return CloseCode::Normal;
    end_frame(on_control);
  }
}

CloseCode FrameReader::begin_payload() {
  const auto short_length = static_cast<std::uint8_t>(header_[1] & kLength);
  const auto length_bytes = header_filled_ - 6;
  length_ = length_bytes == 0 ? short_length : 0;
  for (std::size_t i = 0; i < length_bytes; ++i)
    length_ = length_ << 8 | header_[2 + i];

  if ((header_[0] & kReserved) != 0 || !known(header_[0] & kOpcode)) return CloseCode::ProtocolError;
  if ((header_[1] & kMasked) == 0) return CloseCode::ProtocolError;
  if (control() && (short_length > kLongestControl || (header_[0] & kFinal) == 0))
    return CloseCode::ProtocolError;
  if (length_ > kLongestData) return CloseCode::TooBig;
  in_payload_ = true;
  position_ = 0;
  return CloseCode::Normal;
}

void FrameReader::end_frame(const OnControl& on_control) {
  const auto opcode = static_cast<Opcode>(header_[0] & kOpcode);
  const bool told = control();
  in_payload_ = false;
  header_filled_ = 0;
  const std::string payload = std::exchange(payload_, {});
  if (told) on_control(opcode, payload);
}

std::string write_frame(Opcode opcode, std::string_view payload) {
  assert(static_cast<std::uint8_t>(opcode) < 8 || payload.size() <= kLongestControl);
  const std::uint64_t size = payload.size();
  const int length_bytes = size <= kLongestControl ? 0 : size <= 0xffff ? 2 : 8;
  std::string frame;
  frame.reserve(10 + payload.size());
  frame += static_cast<char>(kFinal | static_cast<std::uint8_t>(opcode));
  frame += static_cast<char>(length_bytes == 0 ? size : length_bytes == 2 ? kLength16 : kLength64);
  for (int i = length_bytes - 1; i >= 0; --i)
    frame += static_cast<char>(size >> (8 * i) & 0xff);
  return frame.append(payload);
}

std::string write_close_frame(CloseCode code, std::string_view reason) {
  constexpr std::size_t kLongestReason = kLongestControl - 2;
  std::size_t size = std::min(reason.size(), kLongestReason);
  while (size > 0 && size < reason.size() && (reason[size] & 0xc0) == 0x80) // inside a character
    --size;
  const auto number = static_cast<std::uint16_t>(code);
  std::string payload{static_cast<char>(number >> 8), static_cast<char>(number & 0xff)};
  return write_frame(Opcode::Close, payload.append(reason.substr(0, size)));
}

} // namespace relevo::net
