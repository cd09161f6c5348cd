// SPDX-License-Identifier: LGPL-2.1-or-later
// Leases counted by looking at them: there are no counters that could be wrong.
#include "slots/ledger.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace relevo::slots {

struct Entries {
  explicit Entries(std::chrono::milliseconds how_long) : rest(how_long) {}

  std::mutex mutex;
  const std::chrono::milliseconds rest;
  std::map<std::uint64_t, Ledger::Entry> all{};     // under mutex, as the next ones; by age
  std::map<std::uint64_t, Ledger::Entry> resting{}; // since they were given back
  std::uint64_t last = 0;
};

namespace {

constexpr std::pair<Level, unsigned Limits::*> kLevels[] = {
    {Level::Login, &Limits::login},
    {Level::Credentials, &Limits::credentials},
    {Level::Account, &Limits::account},
    {Level::Global, &Limits::global},
};

bool same(Level level, const Claim& a, const Claim& b) {
  switch (level) {
  case Level::Login: return a.login && a.login == b.login;
  case Level::Credentials: return !a.credentials.empty() && a.credentials == b.credentials;
  case Level::Account: return a.account == b.account;
  case Level::Global: return true;
  }
  return false;
}

std::optional<Refusal> refuse(const Entries& entries, const Claim& claim) {
  for (const auto& [level, limit] : kLevels) {
    Refusal refusal{level, 0, claim.limits.*limit, {}, {}};
    if (refusal.limit == 0) continue;
    for (const auto& [number, entry] : entries.all)
      if (same(level, entry.claim, claim)) refusal.holders.push_back(entry.claim.holder);
    refusal.taken = static_cast<unsigned>(refusal.holders.size());
    if (refusal.taken >= refusal.limit) return refusal;
  }
  return std::nullopt;
}

/// As if what rests were taken.
std::optional<Refusal> refuse_for_rest(Entries& entries, const Claim& claim, Time now) {
  std::erase_if(entries.resting, [&](const auto& one) { return one.second.since + entries.rest <= now; });
  for (const auto& [level, limit] : kLevels) {
    Refusal refusal{level, 0, claim.limits.*limit, {}, {}};
    if (refusal.limit == 0) continue;
    const auto count = [&, at = level](const auto& one) { return same(at, one.second.claim, claim); };
    refusal.taken = static_cast<unsigned>(std::ranges::count_if(entries.all, count) +
                                          std::ranges::count_if(entries.resting, count));
    if (refusal.taken < refusal.limit) continue;
    const auto first = std::ranges::find_if(entries.resting, count);
    refusal.free_at = first->second.since + entries.rest;
    return refusal;
  }
  return std::nullopt;
}

} // namespace

std::string_view name_of(Level level) noexcept {
  switch (level) {
  case Level::Login: return "login";
  case Level::Credentials: return "credentials";
  case Level::Account: return "account";
  case Level::Global: return "global";
  }
  return "global";
}

Lease::Lease(std::shared_ptr<Entries> entries, std::uint64_t number) noexcept
    : entries_(std::move(entries)), number_(number) {}

Lease::Lease(Lease&& other) noexcept : entries_(std::move(other.entries_)), number_(other.number_) {}

Lease& Lease::operator=(Lease&& other) noexcept {
  if (this == &other) return *this;
  reset();
  entries_ = std::move(other.entries_);
  number_ = other.number_;
  return *this;
}

void Lease::reset() noexcept {
  const auto entries = std::exchange(entries_, nullptr);
  if (!entries) return;
  const std::lock_guard lock(entries->mutex);
  auto given_back = entries->all.extract(number_);
  given_back.mapped().since = Time::clock::now();
  entries->resting.insert(std::move(given_back));
}

Ledger::Ledger(std::chrono::milliseconds rest) : entries_(std::make_shared<Entries>(rest)) {}

tl::expected<Lease, Refusal> Ledger::take(Claim claim, Time now) {
  const std::lock_guard lock(entries_->mutex);
  if (auto refusal = refuse(*entries_, claim)) return tl::unexpected(std::move(*refusal));
  if (auto refusal = refuse_for_rest(*entries_, claim, now)) return tl::unexpected(std::move(*refusal));
  const auto number = ++entries_->last;
  entries_->all.emplace(number, Entry{std::move(claim), now});
  return Lease(entries_, number);
}

tl::expected<void, Refusal> Ledger::check(const Claim& claim) const {
  const std::lock_guard lock(entries_->mutex);
  if (auto refusal = refuse(*entries_, claim)) return tl::unexpected(std::move(*refusal));
  return {};
}

std::vector<Ledger::Entry> Ledger::entries() const {
  const std::lock_guard lock(entries_->mutex);
  std::vector<Entry> entries;
  entries.reserve(entries_->all.size());
  for (const auto& [number, entry] : entries_->all)
    entries.push_back(entry);
  return entries;
}

} // namespace relevo::slots
