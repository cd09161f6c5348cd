// SPDX-License-Identifier: LGPL-2.1-or-later
// What needs a person.
#pragma once

#include "model/account.hpp"

namespace relevo::model {

struct Alert {
  AlertId id{};
  Time raised{};
  std::string kind{}; // "losses": a refresh that would have lost too much; "failed": one that came to nothing
  std::optional<AccountId> account{};
  std::optional<GuideSourceId> guide_source{};
  std::string message{};
  std::string details = "{}"; // JSON
  std::optional<Time> closed{};

  bool operator==(const Alert&) const = default;
};

} // namespace relevo::model
