// SPDX-License-Identifier: LGPL-2.1-or-later
// Routes: what an HDHomeRun answers by HTTP, for every device that there could be.
#pragma once

#include "base/log.hpp"
#include "gx/worker_pool.hpp"
#include "net/server.hpp"
#include "sqlite/database.hpp"
#include "tuner/device.hpp"
#include "tuner/documents.hpp"

#include <functional>
#include <string>
#include <vector>

namespace relevo::tuner {

/// The paths under which a device answers: of the first one, and of the one that the parameter {device} names
/// by its id or its profile.
inline constexpr std::string_view kFirstDevice = "/hdhr", kNamedDevice = "/hdhr/{device}";

/// Lives in the main thread; answers are made in threads of the pool. Who may watch may ask.
class Routes {
 public:
  struct House {
    std::string database{};       // its file
    std::string installation{};   // as of make_device()
    std::string public_address{}; // what addresses begin with; "": as the client asked
    std::function<unsigned(sqlite::Database&)> count_tuners{}; // any thread
    std::function<std::vector<TunerState>()> states{};         // main thread
  };
  /// Server and log must outlive it. Work that was submitted must be over before it goes.
  Routes(net::Server& server, const Log& log, gx::WorkerPool& pool, House house);
  Routes(const Routes&) = delete;
  Routes& operator=(const Routes&) = delete;

 private:
  struct Asked {
    const net::Request& request;
    sqlite::Database& database;
    Device device;
    std::string base;
  };
  using Work = net::Response (Routes::*)(const Asked&);

  void serve(const std::string& file, const std::string& summary, Work work);
  void serve_at_once(net::Method method, const std::string& file, const std::string& summary,
                     net::Answer answer);
  [[nodiscard]] net::Response perform(const net::Request& request, Work work);
  [[nodiscard]] Result<std::string> base_of(const net::Request& request) const;
  [[nodiscard]] Stations load(const Asked& asked) const;

  [[nodiscard]] net::Response discover(const Asked& asked);
  [[nodiscard]] net::Response lineup_json(const Asked& asked);
  [[nodiscard]] net::Response lineup_xml(const Asked& asked);
  [[nodiscard]] net::Response lineup_m3u(const Asked& asked);
  [[nodiscard]] net::Response description(const Asked& asked);

  net::Server& server_;
  const Log& log_;
  gx::WorkerPool& pool_;
  const House house_;
};

} // namespace relevo::tuner
