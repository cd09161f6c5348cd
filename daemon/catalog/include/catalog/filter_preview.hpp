// SPDX-License-Identifier: LGPL-2.1-or-later
// What filters would do, before somebody keeps them.
#pragma once

#include "base/result.hpp"
#include "gx/cancel.hpp"
#include "model/account.hpp"
#include "sqlite/database.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace relevo::catalog {

/// Of the streams that are kept from the list that was read last. What the filters of now leave out is not
/// among them.
struct FilterPreview {
  std::int64_t kept = 0;
  std::int64_t left_out = 0;
  std::vector<std::string> examples_kept{}; // their names, the first ones
  std::vector<std::string> examples_left_out{};
};

/// An error says which pattern is wrong (Error::offset is its place in the list), or takes too long. Throws
/// sqlite::Failure.
[[nodiscard]] Result<FilterPreview> preview_filters(const sqlite::Database& database,
                                                    model::AccountId account,
                                                    const std::vector<model::Filter>& filters,
                                                    const gx::CancelToken& token);

} // namespace relevo::catalog
