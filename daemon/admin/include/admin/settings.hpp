// SPDX-License-Identifier: LGPL-2.1-or-later
// The settings of relevod in the admin API: they are read there, and changed in its file.
#pragma once

#include "admin/fields.hpp"
#include "model/setting.hpp"
#include "net/server.hpp"

namespace relevo::admin {

[[nodiscard]] Json settings_schema();

/// GET /api/v1/settings.
void serve_settings(net::Server& server, const model::Settings& settings);

} // namespace relevo::admin
