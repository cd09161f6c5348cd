// SPDX-License-Identifier: LGPL-2.1-or-later
// Accounts, guides and stream profiles by the names that people give them.
#pragma once

#include "api.hpp"

namespace relevo::ctl {

struct Kind {
  std::string_view path;
  std::string_view name;
};
inline constexpr Kind kAccount{"/accounts", "account"};
inline constexpr Kind kGuide{"/guides", "guide"};
inline constexpr Kind kStreamProfile{"/stream-profiles", "stream profile"};

/// The path of the one with that name. Throws Failed where there is none.
[[nodiscard]] std::string find(Api& api, const Kind& kind, const std::string& name);

} // namespace relevo::ctl
