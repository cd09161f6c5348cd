// SPDX-License-Identifier: LGPL-2.1-or-later
// The admin API on the server.
#pragma once

#include "access/guard.hpp"
#include "admin/figure_book.hpp"
#include "admin/refresher.hpp"
#include "logos/logos.hpp"
#include "net/server.hpp"
#include "sessions/sessions.hpp"

namespace relevo::admin {

struct ApiSettings {
  std::string database{}; // its file
  std::string folder{};   // for what comes and goes
  std::string uploads{};  // the folder of what stays
  std::string version{};
  ip::Reach reach{};                 // where what is fetched may lead
  bool secure_cookies = false;       // browsers reach this server by https, whatever a proxy makes of it
  std::function<void()> on_change{}; // in the main thread: the catalogue may be another one now
};

/// In the main thread. Who may ask what is in ranks.hpp.
class Api {
 public:
  /// All of what it is given must outlive it, but for the settings.
  Api(net::Server& server, const Log& log, Events& events, sessions::Sessions& sessions, access::Guard& guard,
      logos::Logos& logos, const FigureBook& figures, ApiSettings settings);
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  /// From now on what is due is refreshed.
  void begin() { refresher_.begin(); }

 private:
  void serve(const Operation& operation);
  void serve_refreshes();
  template <class I>
  void serve_refresh(const std::string& path, const std::string& what);
  void serve_dry_run();
  void serve_backup();
  void serve_upload();
  void serve_sessions();
  void serve_logos();
  void send_logo(Operation operation, logos::Wish (*look_up)(const Call&, const ip::Reach&),
                 const net::Request& request, const std::shared_ptr<net::Reply>& reply);
  void serve_old_addresses();
  void serve_old_wish(const std::string& path, const std::string& summary,
                      std::function<Json(const net::Request&)> wish);
  [[nodiscard]] Json force_switch(const std::string& reference);
  [[nodiscard]] Json refresh_databases();
  void serve_wish(net::Method method, const std::string& path, const std::string& summary,
                  std::function<bool(std::uint64_t id, const net::Request&)> wish);

  net::Server& server_;
  const Log& log_;
  const ApiSettings settings_;
  Operations operations_;
  Json description_;
  Events& events_;
  sessions::Sessions& sessions_;
  logos::Logos& logos_;
  Refresher refresher_;
  gx::WorkerPool pool_; // last: its threads use the others
};

/// Those of the catalogue, in the order of the documentation.
[[nodiscard]] Operations all_operations();

} // namespace relevo::admin
