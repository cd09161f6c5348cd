// SPDX-License-Identifier: LGPL-2.1-or-later
// What players are pointed at: /playlist.m3u and /guide.xml.
#pragma once

#include "base/log.hpp"
#include "gx/worker_pool.hpp"
#include "net/server.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace relevo::outputs {

class GuideFiles;

struct OutputSettings {
  std::string database{};       // its file
  std::string folder{};         // for what is on its way to players
  std::string public_address{}; // what addresses begin with; "": as the client asked
  std::chrono::hours past{24};  // of a guide
};

/// In the main thread; the work is done in threads of its own. Whoever may watch may ask, and gets what he
/// sees.
class Outputs {
 public:
  /// All of what it is given must outlive it, but for the settings.
  Outputs(net::Server& server, const Log& log, OutputSettings settings);
  Outputs(const Outputs&) = delete;
  Outputs& operator=(const Outputs&) = delete;
  ~Outputs();

 private:
  struct Asked {
    const net::Request& request;
    std::function<bool()> over; // nobody waits any more
  };
  using Work = net::Response (Outputs::*)(const Asked&);

  void serve(const std::string& path, const std::string& summary, gx::WorkerPool& pool, Work work);
  [[nodiscard]] net::Response perform(const Asked& asked, Work work);

  [[nodiscard]] net::Response playlist(const Asked& asked);
  [[nodiscard]] net::Response guide(const Asked& asked);
  [[nodiscard]] net::Response packed_guide(const Asked& asked);
  [[nodiscard]] net::Response give_guide(const Asked& asked, bool packed);

  net::Server& server_;
  const Log& log_;
  const OutputSettings settings_;
  std::unique_ptr<GuideFiles> files_; // of the thread of guides
  gx::WorkerPool lists_;              // last: their threads use the others
  gx::WorkerPool guides_; // one thread: who waits for the same guide gets what was made for the first
};

} // namespace relevo::outputs
