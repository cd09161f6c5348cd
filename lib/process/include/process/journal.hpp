// SPDX-License-Identifier: LGPL-2.1-or-later
// Journal: what is known of a program that runs or ran.
#pragma once

#include "gx/guarded.hpp"
#include "process/line_log.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace relevo::process {

struct Exit {
  enum class How : std::uint8_t { Status, Signal, Unknown }; // unknown where somebody else collected it

  How how = How::Unknown;
  int code = 0;        // the status, or the number of the signal
  bool forced = false; // it was told to end

  [[nodiscard]] bool success() const noexcept { return how == How::Status && code == 0; }
  bool operator==(const Exit&) const = default;
};

/// "ended with status 3", "was killed by signal 9 (Killed)" …
[[nodiscard]] std::string describe(const Exit& exit);

/// Every member may be called from any thread.
class Journal {
 public:
  explicit Journal(pid_t pid) : pid_(pid) {}

  [[nodiscard]] pid_t pid() const noexcept { return pid_; }
  /// Empty while it runs.
  [[nodiscard]] std::optional<Exit> exit() const { return *exit_.lock(); }
  /// The last lines of its standard error, oldest first, without secrets.
  [[nodiscard]] std::vector<std::string> lines() const { return log_.lock()->lines(); }

  void add(Bytes said) { log_.lock()->push(said); }
  void close(const Exit& exit) { *exit_.lock() = exit; }

 private:
  pid_t pid_;
  mutable gx::Guarded<LineLog> log_;
  mutable gx::Guarded<std::optional<Exit>> exit_;
};

} // namespace relevo::process
