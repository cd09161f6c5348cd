// SPDX-License-Identifier: LGPL-2.1-or-later
// Addresses of others that are told of what happens.
#pragma once

#include "model/account.hpp"

namespace relevo::model {

struct WebHook {
  WebHookId id{};
  std::string url{};
  std::vector<std::string> kinds{}; // of events; empty: those about alerts
  std::string secret{};             // what they are signed with; "": nothing
  bool enabled = true;
  std::optional<Time> delivered{}; // when something was delivered last
  std::string message{};           // why the last delivery failed; "": it did not

  bool operator==(const WebHook&) const = default;
};

} // namespace relevo::model
