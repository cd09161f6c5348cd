// SPDX-License-Identifier: LGPL-2.1-or-later
// One file out of a zip file.
#pragma once

#include "tap.hpp"

namespace relevo::archive {

/// The first file that `wants` its name. An empty Read: there is none. What is passed over is held to the
/// budget as well.
[[nodiscard]] Result<Read> unzip(Read source, const std::function<bool(std::string_view)>& wants,
                                 const Budget& budget);

} // namespace relevo::archive
