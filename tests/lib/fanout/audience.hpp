// SPDX-License-Identifier: LGPL-2.1-or-later
// The other end of a viewer's socket, and streams to view.
#pragma once

#include "fanout/channel.hpp"
#include "ts_builder.hpp"

#include <condition_variable>
#include <mutex>
#include <string>

namespace relevo::fanout::test {

/// Two ends of a connection.
struct Connection {
  gx::Descriptor viewer;
  gx::Descriptor ours;
};
[[nodiscard]] Connection local_connection();
[[nodiscard]] Connection tcp_connection();

/// Who views: takes what has come when told to.
class Player {
 public:
  explicit Player(gx::Descriptor socket) : socket_(std::move(socket)) {}

  /// All that is there now.
  void take();
  /// At most so much.
  void take(std::size_t size);
  [[nodiscard]] const std::string& seen() const noexcept { return seen_; }
  [[nodiscard]] bool ended() const noexcept { return ended_; } // the other side closed
  void hang_up() { socket_.reset(); }
  [[nodiscard]] int socket() const noexcept { return socket_.get(); }

 private:
  gx::Descriptor socket_;
  std::string seen_;
  bool ended_ = false;
};

/// Who has gone, as a channel tells it.
class Departures {
 public:
  struct Departure {
    ViewerReport report;
    Leaving why;
  };

  [[nodiscard]] Channel::OnGone on_gone();
  [[nodiscard]] std::vector<Departure> all();

 private:
  std::mutex mutex_;
  std::vector<Departure> all_;
};

/// Whether `holds` becomes true before anyone would lose patience.
[[nodiscard]] bool eventually(const std::function<bool()>& holds);

/// Pictures and sound, some 12 kB a second of them; several seconds in groups of 12 pictures.
[[nodiscard]] std::string television(int groups, std::size_t picture_size = 400);
/// What a viewer would say who got this from the beginning; "" for a clean stream.
[[nodiscard]] std::string violations_in(std::string_view stream);

} // namespace relevo::fanout::test
