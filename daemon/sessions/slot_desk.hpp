// SPDX-License-Identifier: LGPL-2.1-or-later
// SlotDesk: where the pipeline of a session asks for connections.
#pragma once

#include "channel/channel_pipeline.hpp"
#include "gx/guarded.hpp"
#include "sessions/candidates.hpp"

#include <map>

namespace relevo::sessions {

/// Any thread may ask. What it gives outlives it.
class SlotDesk {
 public:
  SlotDesk(slots::Ledger ledger, std::string holder, unsigned most_connections)
      : ledger_(std::move(ledger)), holder_(std::move(holder)), most_connections_(most_connections) {}

  void set_plan(const Plan& plan);
  /// Null: refused. Waits where what was given back rests.
  [[nodiscard]] channel::Slot take(const std::string& candidate);
  /// Why a candidate was refused last.
  [[nodiscard]] std::optional<slots::Refusal> refusal_of(const std::string& candidate);

 private:
  [[nodiscard]] std::optional<slots::Claim> claim_of(const std::string& candidate);

  slots::Ledger ledger_;
  const std::string holder_;
  const unsigned most_connections_;
  gx::Guarded<std::map<std::string, slots::Claim>> claims_; // by candidate
  gx::Guarded<std::map<std::string, slots::Refusal>> refusals_;
};

/// "the login has 1 of 1 in use: News" …
[[nodiscard]] std::string describe(const slots::Refusal& refusal);

} // namespace relevo::sessions
