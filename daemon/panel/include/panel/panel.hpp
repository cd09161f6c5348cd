// SPDX-License-Identifier: LGPL-2.1-or-later
// Panel: this server as players of panels (Xtream Codes) know one.
#pragma once

#include "base/log.hpp"
#include "gx/worker_pool.hpp"
#include "lineup/dummy_guide.hpp"
#include "model/user.hpp"
#include "net/server.hpp"
#include "net/work.hpp"
#include "outputs/press.hpp"
#include "panel/account.hpp"
#include "panel/listing.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace relevo::panel {

struct PanelSettings {
  std::string database{};       // its file
  std::string folder{};         // for what is on its way to players
  std::string public_address{}; // where players find this server; "": where they asked
  Ports ports{};
  std::size_t most_streams = 0; // that one may watch who has no limit of his own
  /// How many streams a user watches now. From any thread.
  std::function<std::size_t(model::UserId)> watched{};
};

/// In the main thread; the work is done in threads of its own. Players show name and password with every
/// request: who shows none gets nothing. Streams have addresses of their own, which are not here.
class Panel {
 public:
  /// Server and log must outlive it.
  Panel(net::Server& server, const Log& log, PanelSettings settings);
  Panel(const Panel&) = delete;
  Panel& operator=(const Panel&) = delete;

 private:
  struct Asked : net::Asked {
    sqlite::Database& database;
    model::User user;
  };
  using Work = net::Response (Panel::*)(const Asked&);
  struct Action {
    std::string_view name;
    Work work;
    bool long_list = false;
  };
  static const Action kActions[];
  static const Action kAccount, kEverything;

  void serve(const std::string& path, const std::string& summary,
             std::function<const Action&(const net::Request&)> choose);
  void serve_nothing();
  [[nodiscard]] net::Response perform(const net::Asked& asked, const Action& action);

  [[nodiscard]] net::Response account(const Asked& asked);
  [[nodiscard]] net::Response live_categories(const Asked& asked);
  [[nodiscard]] net::Response live_streams(const Asked& asked);
  [[nodiscard]] net::Response short_guide(const Asked& asked);
  [[nodiscard]] net::Response whole_guide(const Asked& asked);
  [[nodiscard]] net::Response nothing(const Asked& asked);
  [[nodiscard]] net::Response no_title(const Asked& asked);
  [[nodiscard]] net::Response no_series(const Asked& asked);
  [[nodiscard]] net::Response everything(const Asked& asked);

  /// "user_info" and "server_info", or why there is none.
  [[nodiscard]] tl::expected<nlohmann::json, net::Response> account_of(const Asked& asked) const;
  using Write = std::function<void(const Listing&, const outputs::Sink&)>;
  [[nodiscard]] net::Response print(const Asked& asked, const std::string& wish, outputs::Press& press,
                                    Write write);
  [[nodiscard]] net::Response guide(const Asked& asked, const lineup::Window& window, std::size_t most);

  net::Server& server_;
  const Log& log_;
  const PanelSettings settings_;
  const Zone zone_ = Zone::here();
  outputs::Press lists_press_; // of the thread of lists, as the next one
  outputs::Press dumps_press_;
  gx::WorkerPool lists_;   // last: their threads use the others
  gx::WorkerPool answers_; // what is short does not wait for what is long
};

} // namespace relevo::panel
