// SPDX-License-Identifier: LGPL-2.1-or-later
// What an entry of a list is known by.
#pragma once

#include "model/stream.hpp"

namespace relevo::catalog {

/// The same entry has the same fingerprint for ever, in this and every later version: fingerprints are kept.
[[nodiscard]] model::Fingerprint fingerprint(const model::Found& found);

} // namespace relevo::catalog
