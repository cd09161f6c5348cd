// SPDX-License-Identifier: LGPL-2.1-or-later
// The fault provider: plays the part of an IPTV provider, well or badly, for tests in the same process or by
// hand.
#pragma once

#include "provider/hls_origin.hpp"
#include "provider/panel.hpp"

namespace relevo::provider {

struct Options {
  struct Channel {
    std::string name, clip;
  };
  struct Login {
    std::string user, password;
    std::uint64_t max_connections = 1;
  };
  std::filesystem::path media; // empty: the folder named by RELEVO_TEST_MEDIA
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;        // 0: a free one
  std::vector<Channel> channels; // empty: one for each clip, under its name
  std::vector<Login> logins;
  Panel::Defaults lists{};            // of accounts
  std::size_t max_connections = 1000; // of all clients; more are answered 503
};

/// Serves from construction to destruction, on threads of its own. All methods may be called from any thread.
class TestProvider {
 public:
  /// Throws std::runtime_error when the media is not there, std::system_error when it cannot listen.
  explicit TestProvider(Options options = {});

  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  /// The URL of a path that begins with '/'.
  [[nodiscard]] std::string url(std::string_view path) const;
  /// A URL whose port refuses connections for as long as this object lives.
  [[nodiscard]] std::string refusing_url() const;

  /// At once for all connections of the channel, times counted from now. Throws std::invalid_argument.
  void set_faults(const std::string& channel, const std::vector<std::string_view>& faults);
  void clear_faults(const std::string& channel) { set_faults(channel, {}); }
  void set_login(const Options::Login& login);
  /// For all lists, accounts and guides. Throws std::invalid_argument.
  void set_list_faults(const std::vector<std::string_view>& faults) { panel_.set_faults(faults); }

  /// As if the machine went down: connections are reset and new ones refused until come_back().
  void go_down() { server_.go_down(); }
  void come_back() { server_.come_back(); }

  [[nodiscard]] Counters connections() const { return server_.connections(); }
  /// What a client asked with: the newest request for this path ("/live/one.ts") among the last hundred.
  [[nodiscard]] std::optional<Request> last_request(std::string_view path) const {
    return server_.last_request(path);
  }
  [[nodiscard]] Counters login_counters(const std::string& user) const {
    return station_.login_counters(user);
  }
  [[nodiscard]] Counters channel_counters(const std::string& channel) const {
    return station_.channel_counters(channel);
  }

 private:
  [[nodiscard]] std::vector<Route> routes();
  void serve_live(Exchange& exchange, std::vector<std::string> path);
  void serve_playlist(Exchange& exchange) const;
  void serve_media(Exchange& exchange, const std::string& channel, const Station::Credentials* login,
                   const std::string& resource, const std::string& folder);
  void serve_control(Exchange& exchange);
  void serve_stats(Exchange& exchange) const;

  std::string address_;
  Station station_;
  HlsOrigin hls_{station_};
  Panel panel_;
  Fd refusing_;
  HttpServer server_; // last: its threads use the others
};

} // namespace relevo::provider
