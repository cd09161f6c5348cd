// SPDX-License-Identifier: LGPL-2.1-or-later
// The endless MPEG-TS response, paced like a provider's.
#pragma once

#include "provider/stream_faults.hpp"

namespace relevo::provider {

/// Answers with the channel until the peer goes or a fault ends it. Query parameters: speed, burst, chunked,
/// seed, pcr (see relevo-testprovider --help).
void serve_live_ts(Exchange& exchange, const StreamFaults& faults);

} // namespace relevo::provider
