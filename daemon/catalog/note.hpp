// SPDX-License-Identifier: LGPL-2.1-or-later
// How a refresh went, written into the state of what was refreshed.
#pragma once

#include "catalog/refresh_account.hpp"
#include "store/accounts.hpp"

namespace relevo::catalog {

[[nodiscard]] inline bool is_good(Outcome outcome) noexcept {
  return outcome == Outcome::Done || outcome == Outcome::Unchanged;
}

/// Of a list that came and was not read to its end.
[[nodiscard]] inline sources::Trouble unread(const Error& why, const gx::CancelToken& token) {
  return {why, token.cancelled() ? sources::Cause::Cancelled : sources::Cause::Unreadable};
}

inline void note(store::RefreshState& state, Outcome outcome, const std::string& message, model::Time now) {
  const bool good = is_good(outcome);
  state.tried = now;
  state.message = message;
  state.state = good ? "good" : outcome == Outcome::Objected ? "objected" : "failed";
  state.failures = outcome == Outcome::Failed ? state.failures + 1 : 0;
  if (good) state.refreshed = now;
}

} // namespace relevo::catalog
