// SPDX-License-Identifier: LGPL-2.1-or-later
// The log in the admin API.
#pragma once

#include "admin/fields.hpp"
#include "logging/log_book.hpp"
#include "net/server.hpp"

namespace relevo::admin {

/// Of a line, as it is given out.
[[nodiscard]] Json log_line_schema();

/// GET /api/v1/log, and GET and PUT /api/v1/log/level. `book` must outlive the server.
void serve_log(net::Server& server, logging::LogBook& book);

} // namespace relevo::admin
