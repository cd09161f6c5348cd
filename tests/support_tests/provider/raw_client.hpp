// SPDX-License-Identifier: LGPL-2.1-or-later
// An HTTP client that sees everything: how a connection ended, and what came before.
#pragma once

#include "provider/connection.hpp"

#include <map>
#include <string>
#include <thread>

namespace relevo::provider::test {

enum class End { Eof, Reset, Deadline, Enough };

struct Reply {
  int status = 0;                             // 0: none came
  std::map<std::string, std::string> headers; // names in lower case
  std::string body;                           // as sent, chunks and all
  End end = End::Eof;
  std::size_t wakes = 0; // how often more had come
};

class RawClient {
 public:
  /// Throws std::system_error when the connection is refused.
  explicit RawClient(std::uint16_t port);

  void send(std::string_view text);
  /// Asks for `target` with further header lines, each ended by "\r\n".
  void get(const std::string& target, const std::string& headers = "");
  /// Reads until the end, a body of `enough` bytes or of its Content-Length, or the deadline.
  Reply read(Seconds patience = Seconds{10}, std::size_t enough = SIZE_MAX);
  /// Closes with RST.
  void reset();

 private:
  Fd socket_;
  std::string unread_; // arrived, and not yet part of a body
};

/// One request on a connection of its own.
Reply fetch(std::uint16_t port, const std::string& target, const std::string& headers = "",
            Seconds patience = Seconds{10}, std::size_t enough = SIZE_MAX);

/// Waits until `condition` holds; false when it does not within a generous time.
template <class Condition>
bool eventually(Condition&& condition) {
  for (const auto deadline = Clock::now() + std::chrono::seconds{30}; Clock::now() < deadline;) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  return condition();
}

} // namespace relevo::provider::test
