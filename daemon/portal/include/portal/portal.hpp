// SPDX-License-Identifier: LGPL-2.1-or-later
// Portal: the server of a Stalker portal, for MAG boxes and the players that act as one.
#pragma once

#include "access/guard.hpp"
#include "base/log.hpp"
#include "gx/worker_pool.hpp"
#include "net/server.hpp"
#include "net/work.hpp"
#include "outputs/press.hpp"

#include <string>

namespace relevo::portal {

struct LongAnswer;

struct PortalSettings {
  std::string database{};       // its file
  std::string folder{};         // for what is on its way to boxes
  std::string public_address{}; // what addresses begin with; "": as the client asked
};

/// In the main thread; what takes the database is done in threads of its own. Boxes that an administrator
/// registered get what their user sees.
class Portal {
 public:
  /// All of what it is given must outlive it, but for the settings.
  Portal(net::Server& server, const Log& log, access::Guard& guard, PortalSettings settings);
  Portal(const Portal&) = delete;
  Portal& operator=(const Portal&) = delete;

 private:
  void serve_pages(const std::string& folder);
  void serve_calls(const std::string& path);
  void answer_call(net::Request request, net::Reply reply);
  [[nodiscard]] net::Response shake_hands(const net::Request& request);
  [[nodiscard]] net::Response refuse(const net::Request& request, const access::Refused& refused);
  [[nodiscard]] net::Response perform(const net::Asked& asked);
  [[nodiscard]] net::Response print(const net::Asked& asked, const model::User& user, LongAnswer answer);

  const Log& log_;
  access::Guard& guard_;
  const PortalSettings settings_;
  net::Server& server_;
  outputs::Press press_;   // of the thread of lists
  gx::WorkerPool lists_;   // last: their threads use the others
  gx::WorkerPool answers_; // who wants a large guide must not keep others from their channels
};

} // namespace relevo::portal
