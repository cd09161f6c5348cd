// SPDX-License-Identifier: LGPL-2.1-or-later
// Sends lists as they are made, with the faults that befall them on the way.
#pragma once

#include "provider/http_server.hpp"
#include "provider/list_text.hpp"

namespace relevo::provider {

/// Answers with the list. Faults: empty, cut, drip; reset, truncate and stall, after half of the rows. The
/// body ends with the connection, or is in chunks where the query says chunked=1.
void send_list(Exchange& exchange, const FaultPlan& faults, const ListText& list);

} // namespace relevo::provider
