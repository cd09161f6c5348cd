// SPDX-License-Identifier: LGPL-2.1-or-later
// Slate: what is shown while no source works: a short transport stream, again and again.
#pragma once

#include "output.hpp"

#include <string>
#include <thread>
#include <vector>

namespace relevo::failoversrc {

/// To be used by one thread. Without a file it does nothing.
class Slate {
 public:
  explicit Slate(Output& output) : output_(output) {}
  Slate(const Slate&) = delete;
  Slate& operator=(const Slate&) = delete;
  ~Slate() { stop(); }

  /// An error says why it cannot be shown; nothing is shown then.
  [[nodiscard]] std::string load(const std::string& file);
  /// True when there is a slate, and it was not on (or off) already.
  bool start();
  bool stop();

 private:
  void run(ts::SourceId source);

  Output& output_;
  std::vector<std::byte> stream_;
  std::optional<ts::SourceId> source_; // while it is on
  std::thread thread_;
};

} // namespace relevo::failoversrc
