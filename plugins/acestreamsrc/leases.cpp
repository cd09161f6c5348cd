// SPDX-License-Identifier: LGPL-2.1-or-later
// Who has which content of which engine.
#include "leases.hpp"

#include "gx/cancel_wake.hpp"

namespace relevo::acestreamsrc {

Leases& leases() {
  static Leases of_process;
  return of_process;
}

Leases::Lease::~Lease() {
  if (!leases_) return;
  const std::lock_guard lock(leases_->mutex_);
  for (const auto& hash : hashes_)
    leases_->taken_.erase({engine_, hash});
  leases_->released_.notify_all();
}

bool Leases::Lease::add(const std::string& hash) {
  if (hashes_.contains(hash)) return true;
  const std::lock_guard lock(leases_->mutex_);
  if (!leases_->taken_.insert({engine_, hash}).second) return false;
  hashes_.insert(hash);
  return true;
}

std::optional<Leases::Lease> Leases::claim(const std::string& engine, const std::string& hash,
                                           std::chrono::steady_clock::time_point end,
                                           const gx::CancelToken& token) {
  const gx::CancelWake ends(token, mutex_, released_);
  const Key key{engine, hash};
  std::unique_lock lock(mutex_);
  const auto over = [&] { return token.cancelled() || !taken_.contains(key); };
  if (!released_.wait_until(lock, end, over) || token.cancelled()) return std::nullopt;
  taken_.insert(key);
  return Lease(*this, engine, hash);
}

std::string Leases::infohash_of(const std::string& content_id) {
  const std::lock_guard lock(mutex_);
  const auto found = learned_.find(content_id);
  return found == learned_.end() ? std::string() : found->second;
}

void Leases::learn(const std::string& content_id, const std::string& infohash) {
  const std::lock_guard lock(mutex_);
  if (learned_.size() >= kMostLearned) learned_.clear();
  learned_[content_id] = infohash;
}

} // namespace relevo::acestreamsrc
