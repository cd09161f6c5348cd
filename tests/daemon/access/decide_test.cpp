// SPDX-License-Identifier: LGPL-2.1-or-later
#include "access/decide.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace relevo;
using namespace relevo::access;
using model::Role;
using net::Access;

namespace {

constexpr const char* kHome = "192.168.1.7";
constexpr const char* kAway = "203.0.113.9";

net::IpAddress address(const char* text) {
  return *net::IpAddress::parse(text);
}

Claim claim(Proof proof, Role role = Role::Viewer) {
  return {.proof = proof, .good = true, .role = role};
}

Asking from(const char* where, Claim claim = {}) {
  return {.address = address(where), .claim = std::move(claim)};
}

Asking local(Claim claim = {}) {
  auto asking = from("127.0.0.1", std::move(claim));
  asking.local = true;
  return asking;
}

std::string code(const Asking& asking, Access wanted, const Rules& rules = {}) {
  return std::string(decide(asking, wanted, rules).code);
}

} // namespace

TEST_CASE("who says nothing of himself") {
  struct {
    Asking asking;
    Access wanted;
    const char* code;
  } const cases[] = {
      {from(kAway), Access::Anyone, ""},
      {from(kHome), Access::Player, ""},
      {from("::1"), Access::Player, ""},
      {from("fe80::1"), Access::Player, ""},
      {from(kAway), Access::Player, "login-needed"},
      {from("2001:db8::1"), Access::Player, "login-needed"},
      {from(kHome), Access::Viewer, "login-needed"},
      {from("127.0.0.1"), Access::Viewer, "login-needed"}, // through a proxy, or by a stranger's page
      {from(kHome), Access::Administrator, "login-needed"},
      {from(kHome), Access::Local, "local-only"},
      {local(), Access::Viewer, ""},
      {local(), Access::Administrator, ""},
      {local(), Access::Player, ""},
      {local(), Access::Local, ""},
  };
  for (const auto& c : cases) {
    const auto where = c.asking.address.text();
    CAPTURE(where);
    CAPTURE(static_cast<int>(c.wanted));
    CHECK(code(c.asking, c.wanted) == c.code);
  }
  CHECK(decide(local(), Access::Viewer, {}).rank == Access::Administrator);
  CHECK(decide(from(kHome), Access::Player, {}).rank == Access::Player);
  CHECK(decide(from(kAway), Access::Player, {}).unknown);
  CHECK_FALSE(decide(from(kHome), Access::Local, {}).unknown);
}

TEST_CASE("who comes through a proxy that nobody trusts is not in its network") {
  auto asking = from("127.0.0.1");
  asking.veiled = true;
  CHECK(code(asking, Access::Player) == "login-needed");
  asking.claim = claim(Proof::StreamToken);
  CHECK(code(asking, Access::Player) == "");
}

TEST_CASE("a role may what it may") {
  const Role roles[] = {Role::Viewer, Role::Operator, Role::Administrator};
  const Access wanted[] = {Access::Player, Access::Viewer, Access::Operator, Access::Administrator};
  const char* const codes[3][4] = {{"", "", "role", "role"}, {"", "", "", "role"}, {"", "", "", ""}};
  for (int role = 0; role < 3; ++role)
    for (int what = 0; what < 4; ++what) {
      CAPTURE(role);
      CAPTURE(what);
      CHECK(code(from(kAway, claim(Proof::Key, roles[role])), wanted[what]) == codes[role][what]);
      CHECK(code(local(claim(Proof::Key, roles[role])), wanted[what]) == codes[role][what]);
    }
  CHECK(decide(from(kAway, claim(Proof::Key, Role::Operator)), Access::Viewer, {}).rank == Access::Operator);
  // Not even an administrator is a program of this machine.
  CHECK(code(from(kAway, claim(Proof::Key, Role::Administrator)), Access::Local) == "local-only");
}

TEST_CASE("what is shown has to be right, wherever it comes from") {
  for (const auto proof : {Proof::Key, Proof::StreamToken, Proof::Password}) {
    for (const auto& asking :
         {from(kAway, {.proof = proof}), from(kHome, {.proof = proof}), local({.proof = proof})}) {
      const auto decision = decide(asking, Access::Player, {});
      CHECK(decision.code == "wrong-credentials");
      CHECK(decision.unknown);
    }
    auto disabled = claim(proof, Role::Administrator);
    disabled.enabled = false;
    CHECK(code(from(kHome, disabled), Access::Player) == "disabled");
    auto bound = claim(proof);
    bound.networks = *net::parse_networks("203.0.113.0/24 10.0.0.1");
    CHECK(code(from(kAway, bound), Access::Player) == "");
    CHECK(code(from(kHome, bound), Access::Player) == "network");
  }
}

TEST_CASE("a session needs more than its cookie") {
  auto asking = from(kAway, claim(Proof::Session, Role::Operator));
  CHECK(code(asking, Access::Operator) == "");
  asking.changes = true;
  CHECK(code(asking, Access::Operator) == "csrf");
  asking.claim.csrf = true;
  CHECK(code(asking, Access::Operator) == "");
  CHECK(code(asking, Access::Administrator) == "role");
  asking.own_page = false;
  CHECK(code(asking, Access::Operator) == "origin");
  // What no browser adds by itself needs no second token.
  auto program = from(kAway, claim(Proof::Key, Role::Operator));
  program.changes = true;
  CHECK(code(program, Access::Operator) == "");
}

TEST_CASE("each area has networks of its own") {
  Rules rules;
  rules.ui = *net::parse_networks("10.0.0.0/8");
  rules.api = *net::parse_networks("10.1.0.0/16");
  rules.streams = *net::parse_networks("10.1.1.0/24 192.168.0.0/16");
  struct {
    Proof proof;
    Access wanted;
    const char* good;
    const char* bad;
  } const cases[] = {
      {Proof::Session, Access::Viewer, "10.9.9.9", kHome},
      {Proof::Key, Access::Viewer, "10.1.9.9", "10.9.9.9"},
      {Proof::StreamToken, Access::Player, "10.1.1.9", "10.1.9.9"},
      {Proof::Password, Access::Player, "10.1.1.9", "10.1.9.9"},
  };
  for (const auto& c : cases) {
    CAPTURE(static_cast<int>(c.proof));
    CHECK(code(from(c.good, claim(c.proof)), c.wanted, rules) == "");
    CHECK(code(from(c.bad, claim(c.proof)), c.wanted, rules) == "network");
  }
  CHECK(code(from(kHome), Access::Player, rules) == "");
  CHECK(code(from("10.1.9.9"), Access::Player, rules) == "network");
  rules.open = {};
  CHECK(code(from(kHome), Access::Player, rules) == "login-needed");
  CHECK(code(local(), Access::Player, rules) == "");
  rules.local_programs = false;
  CHECK(code(local(), Access::Viewer, rules) == "login-needed");
  CHECK(code(local(), Access::Player, rules) == "network");
}

TEST_CASE("sessions end") {
  using namespace std::chrono;
  const auto at = [](seconds time) { return model::Time(time); };
  const model::WebSession session{"", {}, at(0s), at(100s)};
  const SessionRules rules{.longest = 1000s, .idle = 50s};
  CHECK_FALSE(is_over(session, at(149s), rules));
  CHECK(is_over(session, at(150s), rules));
  const model::WebSession used{"", {}, at(0s), at(990s)};
  CHECK_FALSE(is_over(used, at(999s), rules));
  CHECK(is_over(used, at(1000s), rules));
}
