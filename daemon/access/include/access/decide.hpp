// SPDX-License-Identifier: LGPL-2.1-or-later
// Who may ask what: decided from what is known of a request, without looking anywhere.
#pragma once

#include "model/user.hpp"
#include "net/asker.hpp"
#include "net/network.hpp"

#include <string_view>

namespace relevo::access {

/// What a person settled. The defaults: a household needs nothing to watch, and everybody else a user.
struct Rules {
  bool local_programs = true;              // may everything without a user
  net::Networks ui = everywhere();         // from where one may log in
  net::Networks api = everywhere();        // from where API keys are taken
  net::Networks streams = everywhere();    // from where one may watch at all
  net::Networks open = private_networks(); // from where one may watch without a user

  [[nodiscard]] static net::Networks everywhere();
  [[nodiscard]] static net::Networks private_networks(); // this machine, and what no router passes on
  bool operator==(const Rules&) const = default;
};

enum class Proof {
  None,
  Session,     // of the web interface
  Key,         // for programs
  StreamToken, // in the addresses that a player has
  Device,      // a token that a box got for its MAC
  Password,    // with each request, as players can
};

/// What a request shows, and whose it is.
struct Claim {
  Proof proof = Proof::None;
  bool good = false; // it is somebody's, and the rest says whose
  model::Role role = model::Role::Viewer;
  bool enabled = true;
  net::Networks networks{}; // from where alone he may come; none: from anywhere
  bool csrf = false;        // Session: the page showed its token, too
};

struct Asking {
  net::IpAddress address;
  bool veiled = false;  // the address is that of a proxy, and not of who asks
  bool local = false;   // a program of this machine, or its own page
  bool own_page = true; // no page of another site asks
  bool changes = false; // it is no question
  Claim claim{};
};

struct Decision {
  net::Access rank = net::Access::Anyone; // of who is let in
  std::string_view code{};                // why he is not, for programs; "": he is
  std::string_view why{};                 // for people
  bool unknown = false;                   // it is not known who asks: credentials would help

  [[nodiscard]] bool welcome() const noexcept { return code.empty(); }
};

[[nodiscard]] net::Access rank_of(model::Role role) noexcept;

[[nodiscard]] Decision decide(const Asking& asking, net::Access wanted, const Rules& rules);

/// How long somebody stays logged in.
struct SessionRules {
  std::chrono::seconds longest = std::chrono::days(30);
  std::chrono::seconds idle = std::chrono::days(7);
};
[[nodiscard]] bool is_over(const model::WebSession& session, model::Time now, const SessionRules& rules = {});

} // namespace relevo::access
