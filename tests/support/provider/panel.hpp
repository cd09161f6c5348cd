// SPDX-License-Identifier: LGPL-2.1-or-later
// The part of the provider that has accounts: a panel (Xtream Codes), plain playlists and guides of many
// rows.
#pragma once

#include "provider/list_text.hpp"
#include "provider/station.hpp"

namespace relevo::provider {

/// Safe to use from any thread.
class Panel {
 public:
  struct Defaults {
    std::size_t rows = 0; // of every list; 0: one for each channel
    std::uint32_t seed = 1;
  };

  Panel(const Station& station, Defaults defaults) : station_(station), defaults_(defaults) {}

  void serve_api(Exchange& exchange);      // player_api.php
  void serve_playlist(Exchange& exchange); // get.php
  void serve_xmltv(Exchange& exchange);    // xmltv.php
  /// Without a login, or with one in the query (user, password) for the URLs in it.
  void serve_plain_list(Exchange& exchange);
  void serve_plain_guide(Exchange& exchange);

  /// From now on for every answer, before those of its URL. Throws std::invalid_argument.
  void set_faults(const std::vector<std::string_view>& faults);

  /// The channel that is played under a name: itself, or the one of a row whose id the name is.
  [[nodiscard]] std::string channel_of(const std::string& name) const;

 private:
  using Handler = void (Panel::*)(Exchange&, const FaultPlan&);

  void serve(Exchange& exchange, bool needs_login, Handler handler);
  void answer_api(Exchange& exchange, const FaultPlan& faults);
  void answer_playlist(Exchange& exchange, const FaultPlan& faults);
  void answer_plain_list(Exchange& exchange, const FaultPlan& faults);
  void answer_guide(Exchange& exchange, const FaultPlan& faults);
  [[nodiscard]] std::string account(const Exchange& exchange, const FaultPlan& faults) const;
  [[nodiscard]] Catalogue catalogue(const Request& request, const FaultPlan& faults) const;
  [[nodiscard]] FaultPlan plan(FaultPlan of_request) const;

  const Station& station_;
  const Defaults defaults_;
  mutable std::mutex mutex_;
  std::vector<Fault> faults_; // under mutex_
};

} // namespace relevo::provider
