// SPDX-License-Identifier: LGPL-2.1-or-later
// Claims of candidates, and leases as what a pipeline holds.
#include "slot_desk.hpp"

#include "base/text.hpp"
#include "sessions/event.hpp"

#include <thread>

namespace relevo::sessions {

void SlotDesk::set_plan(const Plan& plan) {
  std::map<std::string, slots::Claim> claims;
  for (const Source& source : plan.sources) {
    slots::Claim claim = source.claim;
    claim.limits.global = most_connections_;
    claim.holder = holder_;
    claims.emplace(source.candidate.id, std::move(claim));
  }
  *claims_.lock() = std::move(claims);
}

std::optional<slots::Claim> SlotDesk::claim_of(const std::string& candidate) {
  const auto claims = claims_.lock();
  const auto found = claims->find(candidate);
  if (found == claims->end()) return std::nullopt;
  return found->second;
}

channel::Slot SlotDesk::take(const std::string& candidate) {
  const auto claim = claim_of(candidate);
  if (!claim) return nullptr;
  auto lease = ledger_.take(*claim, slots::Time::clock::now());
  while (!lease && lease.error().free_at) {
    std::this_thread::sleep_until(*lease.error().free_at);
    lease = ledger_.take(*claim, slots::Time::clock::now());
  }
  if (lease) return std::make_shared<slots::Lease>(std::move(*lease));
  refusals_.lock()->insert_or_assign(candidate, std::move(lease.error()));
  return nullptr;
}

std::optional<slots::Refusal> SlotDesk::refusal_of(const std::string& candidate) {
  const auto refusals = refusals_.lock();
  const auto found = refusals->find(candidate);
  if (found == refusals->end()) return std::nullopt;
  return found->second;
}

std::string describe(const slots::Refusal& refusal) {
  constexpr std::pair<slots::Level, std::string_view> kSubjects[] = {
      {slots::Level::Login, "the login has"},
      {slots::Level::Credentials, "the login, which other accounts share, has"},
      {slots::Level::Account, "the account has"},
      {slots::Level::Global, "there are"},
  };
  std::string text;
  for (const auto& [level, subject] : kSubjects)
    if (level == refusal.level) text = subject;
  text += concat(' ', refusal.taken, " of ", refusal.limit, " connections in use");
  const char* separator = ": ";
  for (const auto& holder : refusal.holders)
    text += concat(std::exchange(separator, ", "), holder);
  return text;
}

std::string describe(const Obstacle& obstacle) {
  return concat(obstacle.candidate, ": ", obstacle.what ? describe(*obstacle.what) : "no free connection");
}

} // namespace relevo::sessions
