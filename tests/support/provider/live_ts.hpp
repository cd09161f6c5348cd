// SPDX-License-Identifier: LGPL-2.1-or-later
// The endless MPEG-TS response, paced like a provider's.
#pragma once

#include "provider/stream_faults.hpp"

namespace relevo::provider {

struct LiveTsOptions {
  double speed = 1; // 0: unpaced
  Seconds burst{0};
  std::function<bool()> goes_on = [] { return true; }; // false ends the body
};

/// Answers with the channel until the peer goes, or a fault or the options end it. Query parameters: chunked,
/// piece, seed, pcr (see relevo-testprovider --help).
void serve_live_ts(Exchange& exchange, const StreamFaults& faults, const LiveTsOptions& options);

/// The same, with the query parameters speed and burst as options.
void serve_live_ts(Exchange& exchange, const StreamFaults& faults);

} // namespace relevo::provider
