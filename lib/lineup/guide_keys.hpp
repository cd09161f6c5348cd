// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys under which names are looked up.
#pragma once

#include "lineup/name.hpp"

#include <string>
#include <vector>

namespace relevo::lineup {

/// Names that `compare` finds alike share a key, but for the most wicked typos. Numbers and delay are part of
/// every key, as they must agree.
[[nodiscard]] std::vector<std::string> guide_keys(const Name& name);

/// The keys under which to look: those of the name, and of the same one with or without a number 1.
[[nodiscard]] std::vector<std::string> search_keys(const Name& name);

} // namespace relevo::lineup
