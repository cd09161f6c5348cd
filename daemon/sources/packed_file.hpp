// SPDX-License-Identifier: LGPL-2.1-or-later
// Files that may be packed, read from their beginning.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "gx/cancel.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::sources {

/// Gives the plain bytes block by block, until `take` wants no more. `endings`: of the names in a zip file
/// that are wanted.
[[nodiscard]] Result<void> read_packed(const std::string& file, const std::vector<std::string_view>& endings,
                                       const gx::CancelToken& token, const std::function<bool(Bytes)>& take);

} // namespace relevo::sources
