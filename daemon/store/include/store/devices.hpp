// SPDX-License-Identifier: LGPL-2.1-or-later
// Boxes in the database. All functions throw sqlite::Failure.
#pragma once

#include "model/device.hpp"
#include "sqlite/database.hpp"

#include <vector>

namespace relevo::store {

[[nodiscard]] std::vector<model::Device> load_devices(sqlite::Database& database); // by name
[[nodiscard]] std::optional<model::Device> find_device(sqlite::Database& database, model::DeviceId id);
/// New where it has no id. When it was seen stays as it is. Inside a transaction of the caller.
void save_device(sqlite::Database& database, model::Device& device);
void use_device(sqlite::Database& database, model::DeviceId id, model::Time now);
bool erase_device(sqlite::Database& database, model::DeviceId id);

} // namespace relevo::store
