// SPDX-License-Identifier: LGPL-2.1-or-later
// Refusals in the order in which they are found; who passes them all is let in.
#include "access/decide.hpp"

namespace relevo::access {
namespace {

using net::Access;

Decision refuse(std::string_view code, std::string_view why) {
  return {.code = code, .why = why};
}

Decision ask_for_credentials(std::string_view code, std::string_view why) {
  return {.code = code, .why = why, .unknown = true};
}

Decision let_in(Access rank) {
  return {.rank = rank};
}

const net::Networks& area_of(Proof proof, const Rules& rules) noexcept {
  switch (proof) {
  case Proof::Session: return rules.ui;
  case Proof::Key: return rules.api;
  default: return rules.streams;
  }
}

Decision decide_claim(const Asking& asking, Access wanted, const Rules& rules) {
  const Claim& claim = asking.claim;
  if (!claim.good) return ask_for_credentials("wrong-credentials", "these credentials are nobody's");
  if (!net::contains(area_of(claim.proof, rules), asking.address))
    return refuse("network", "this may not be asked from your network");
  if (!claim.enabled) return refuse("disabled", "this user is disabled");
  if (!claim.networks.empty() && !net::contains(claim.networks, asking.address))
    return refuse("network", "this user may not come from your network");
  if (rank_of(claim.role) < wanted) return refuse("role", "your role does not allow this");
  if (claim.proof != Proof::Session) return let_in(rank_of(claim.role));
  if (!asking.own_page) return refuse("origin", "this may be asked only by pages of this server");
  if (asking.changes && !claim.csrf)
    return refuse("csrf", "the header X-CSRF-Token must show the token of the session");
  return let_in(rank_of(claim.role));
}

/// Nobody says who he is.
Decision decide_stranger(const Asking& asking, Access wanted, const Rules& rules) {
  if (asking.local && rules.local_programs) return let_in(Access::Administrator);
  if (wanted != Access::Player && !asking.own_page)
    return refuse("origin", "this may be asked only by pages of this server");
  if (wanted != Access::Player)
    return ask_for_credentials("login-needed", "this takes a session of the web interface, or an API key");
  if (!net::contains(rules.streams, asking.address))
    return refuse("network", "nobody may watch from your network");
  if (!asking.veiled && net::contains(rules.open, asking.address)) return let_in(Access::Player);
  return ask_for_credentials("login-needed", "watching from your network takes a user or a token");
}

} // namespace

net::Networks Rules::everywhere() {
  return net::parse_networks("0.0.0.0/0 ::/0").value();
}

net::Networks Rules::private_networks() {
  return net::parse_networks(
             "127.0.0.0/8 ::1 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 169.254.0.0/16 fc00::/7 "
             "fe80::/10")
      .value();
}

Access rank_of(model::Role role) noexcept {
  switch (role) {
  case model::Role::Administrator: return Access::Administrator;
  case model::Role::Operator: return Access::Operator;
  case model::Role::Viewer: break;
  }
  return Access::Viewer;
}

Decision decide(const Asking& asking, Access wanted, const Rules& rules) {
  if (wanted == Access::Anyone) return let_in(Access::Anyone);
  if (wanted == Access::Local)
    return asking.local ? let_in(Access::Administrator)
                        : refuse("local-only", "only programs on the machine itself may ask this");
  return asking.claim.proof == Proof::None ? decide_stranger(asking, wanted, rules)
                                           : decide_claim(asking, wanted, rules);
}

bool is_over(const model::WebSession& session, model::Time now, const SessionRules& rules) {
  return now - session.made >= rules.longest || now - session.used >= rules.idle;
}

} // namespace relevo::access
