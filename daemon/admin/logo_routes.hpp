// SPDX-License-Identifier: LGPL-2.1-or-later
// The logos of channels and streams, so that no browser has to ask a provider for them.
#pragma once

#include "admin/operation.hpp"
#include "logos/logos.hpp"

namespace relevo::admin {

/// What of the database an operation needs to know, in a worker.
using LookUpLogo = logos::Wish (*)(const Call& call, const ip::Reach& rules);

struct LogoRoute {
  Operation operation; // without its function
  LookUpLogo look_up;
};
[[nodiscard]] std::vector<LogoRoute> logo_routes();

} // namespace relevo::admin
