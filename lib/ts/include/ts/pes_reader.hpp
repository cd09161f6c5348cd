// SPDX-License-Identifier: LGPL-2.1-or-later
// Follows the PES packets of one PID: reads their headers, however packets cut them, and counts their bytes.
#pragma once

#include "ts/packet.hpp"
#include "ts/pes.hpp"

#include <array>

namespace relevo::ts {

class PesReader {
 public:
  enum class State : std::uint8_t {
    Idle,    // nothing has begun
    Header,  // the header is not whole yet
    Body,    // header() stands
    Invalid, // what began is no PES packet
  };

  /// Takes the payload of the next packet of the PID; `unit_start` opens a PES packet. Returns the elementary
  /// stream bytes in it, a view into `payload`.
  Bytes push(Bytes payload, bool unit_start) noexcept;
  /// Forgets the open PES packet.
  void reset() noexcept { state_ = State::Idle; }

  [[nodiscard]] State state() const noexcept { return state_; }
  /// Of the open PES packet, while state() is Body.
  [[nodiscard]] const PesHeader& header() const noexcept { return header_; }
  /// Bytes of the open PES packet up to now, with its header.
  [[nodiscard]] std::size_t received() const noexcept { return received_; }
  /// More came than the header declares.
  [[nodiscard]] bool overrun() const noexcept {
    return state_ == State::Body && header_.packet_size != 0 && received_ > header_.packet_size;
  }
  /// Less came than the header declares.
  [[nodiscard]] bool incomplete() const noexcept {
    return state_ == State::Header || (state_ == State::Body && received_ < header_.packet_size);
  }

 private:
  Bytes push_header(Bytes payload) noexcept;

  State state_ = State::Idle;
  PesHeader header_;
  std::size_t received_ = 0;
  std::size_t kept_ = 0; // bytes of an unfinished header
  std::array<std::byte, PesHeader::kMaxSize> head_{};
};

} // namespace relevo::ts
