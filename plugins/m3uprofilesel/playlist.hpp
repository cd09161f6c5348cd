// SPDX-License-Identifier: LGPL-2.1-or-later
// Finding the entry to play, in a file or over HTTP.
#pragma once

#include "gstx/source_failure.hpp"
#include "gx/cancel.hpp"
#include "m3u/parse.hpp"
#include "settings.hpp"

#include <tl/expected.hpp>

namespace relevo::m3uprofilesel {

struct Found {
  std::string name;
  std::string tvg_id;
  std::string url; // absolute
  std::vector<m3u::Header> headers;
  m3u::Counts seen;                // up to the entry, or of all the playlist
  std::vector<std::string> faults; // the first of them, for people
};

/// Blocks until the entry was found, or cannot be; soon after the token is cancelled in any case. Reads no
/// further than an entry that fits exactly.
[[nodiscard]] tl::expected<Found, gstx::SourceFailure> find_entry(const Plan& plan,
                                                                  const gx::CancelToken& token);

} // namespace relevo::m3uprofilesel
