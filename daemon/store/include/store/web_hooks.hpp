// SPDX-License-Identifier: LGPL-2.1-or-later
// Web-hooks in the database. All functions throw sqlite::Failure.
#pragma once

#include "model/web_hook.hpp"
#include "sqlite/database.hpp"

namespace relevo::store {

[[nodiscard]] std::vector<model::WebHook> load_web_hooks(sqlite::Database& database); // by age
[[nodiscard]] std::optional<model::WebHook> find_web_hook(sqlite::Database& database, model::WebHookId id);
/// New where it has no id, which it then has. How deliveries went is not touched.
void save_web_hook(sqlite::Database& database, model::WebHook& hook);
/// `message` "": it was delivered now.
void save_delivery(sqlite::Database& database, model::WebHookId id, const std::string& message,
                   model::Time now);
bool erase_web_hook(sqlite::Database& database, model::WebHookId id);

} // namespace relevo::store
