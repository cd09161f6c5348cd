// SPDX-License-Identifier: LGPL-2.1-or-later
// Playlists that were uploaded: files of ours, one for each account that has one.
#pragma once

#include "gx/descriptor.hpp"
#include "model/account.hpp"
#include "sqlite/database.hpp"

#include <string>

namespace relevo::admin {

/// Takes the place of what was uploaded before; the path where it lies. Throws std::runtime_error: what was
/// there is then as it was.
[[nodiscard]] std::string keep_upload(const std::string& folder, model::AccountId account,
                                      const gx::Descriptor& file);

/// Removes those of accounts that are no more.
void sweep_uploads(const std::string& folder, sqlite::Database& database);

} // namespace relevo::admin
