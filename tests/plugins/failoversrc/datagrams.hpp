// SPDX-License-Identifier: LGPL-2.1-or-later
// Datagrams: a channel that is sent over UDP.
#pragma once

#include "provider/connection.hpp"

#include <cstdint>
#include <string>
#include <thread>

namespace relevo::failoversrc::test {

enum class Wrapping { Plain, Rtp };

/// Plays a clip of the test media from construction to destruction, seven packets in a datagram. Clips of a
/// low rate are for machines that do much else: what a reader does not fetch in time is lost.
class Datagrams {
 public:
  struct Options {
    std::string host = "127.0.0.1";
    Wrapping wrapping = Wrapping::Plain;
    bool disorder = false; // every fourth datagram comes after the next one, every fifth twice
  };

  Datagrams(const std::string& clip, std::uint16_t port, Options options);
  Datagrams(const std::string& clip, std::uint16_t port) : Datagrams(clip, port, Options{}) {}

 private:
  void play(const std::stop_token& stop, const std::string& clip);
  void send_all(std::vector<std::byte>& bytes);
  void send(Bytes packets);

  Options options_;
  provider::Fd socket_; // connected
  std::uint16_t sequence_ = 0xfff0;
  std::string held_; // comes after the next one
  std::jthread thread_;
};

/// That nobody listens at.
[[nodiscard]] std::uint16_t free_udp_port();

} // namespace relevo::failoversrc::test
