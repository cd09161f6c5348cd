// SPDX-License-Identifier: LGPL-2.1-or-later
// Output: a descriptor that is written to as fast as its reader takes it, and given up at once when that is
// wanted.
#pragma once

#include "base/bytes.hpp"
#include "gx/cancel.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace relevo::worker {

/// fdsink of GStreamer 1.22.0 would do, but for two things: it waits in write() where nobody can wake it, and
/// with a descriptor that does not wait it writes the same bytes over and over.
class Output {
 public:
  using Failed = std::function<void(const std::string& why)>;

  /// `failed` is called once, in the thread that writes.
  Output(int descriptor, Failed failed);
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output(); // leaves the descriptor as it was

  /// What comes is held until it is much, or until there was nothing written for a while. Returns when it is
  /// held or written, or nothing will be any more. One thread at a time, as for flush().
  void write(Bytes bytes);
  /// Writes what is held.
  void flush();
  /// From any thread: nothing is written any more.
  void give_up() { given_up_.cancel(); }

 private:
  int descriptor_;
  int flags_;
  Failed failed_;
  std::vector<std::byte> held_;
  std::chrono::steady_clock::time_point flushed_;
  gx::CancelToken given_up_;
  gx::Pause pause_{given_up_};
};

} // namespace relevo::worker
