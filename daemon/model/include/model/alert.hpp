// SPDX-License-Identifier: LGPL-2.1-or-later
// What needs a person.
#pragma once

#include "model/account.hpp"

namespace relevo::model {

struct Alert {
  AlertId id{};
  Time raised{};
  /// "losses": a refresh that would have lost too much; "failed": one that came to nothing; "no-source":
  /// nothing works that a channel is played from; "login-expires", "login-expired".
  std::string kind{};
  std::optional<AccountId> account{};
  std::optional<GuideSourceId> guide_source{};
  std::string message{};
  std::string details = "{}"; // JSON
  std::optional<Time> closed{};
  std::optional<Time> acknowledged{}; // somebody has seen it; it is there all the same
  std::optional<ChannelId> channel{};
  std::optional<LoginId> login{};

  bool operator==(const Alert&) const = default;
};

} // namespace relevo::model
