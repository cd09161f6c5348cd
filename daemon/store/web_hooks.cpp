// SPDX-License-Identifier: LGPL-2.1-or-later
// The table "web_hook".
#include "store/web_hooks.hpp"

#include "base/text.hpp"
#include "rows.hpp"

namespace relevo::store {
namespace {

using model::WebHook;

constexpr std::string_view kSelect =
    "SELECT id, unseal(url, 'web_hook.url', id), kinds, unseal(secret, 'web_hook.secret', id), enabled, "
    "delivered_at, message FROM web_hook";

WebHook read_hook(const sqlite::Statement& row) {
  return {{row.column<std::int64_t>(0)},
          row.column<std::string>(1),
          Json::parse(row.column<std::string_view>(2)).get<std::vector<std::string>>(),
          row.column<std::string>(3),
          row.column<bool>(4),
          to_time(row.column<std::optional<std::int64_t>>(5)),
          row.column<std::string>(6)};
}

} // namespace

std::vector<WebHook> load_web_hooks(sqlite::Database& database) {
  sqlite::Statement row(database, concat(kSelect, " ORDER BY id"));
  std::vector<WebHook> hooks;
  while (row.step())
    hooks.push_back(read_hook(row));
  return hooks;
}

std::optional<WebHook> find_web_hook(sqlite::Database& database, model::WebHookId id) {
  sqlite::Statement row(database, concat(kSelect, " WHERE id = ?"));
  row.start(id.value);
  if (!row.step()) return std::nullopt;
  return read_hook(row);
}

void save_web_hook(sqlite::Database& database, WebHook& hook) {
  if (hook.id.value == 0) {
    // What is sealed is bound to the id, so that comes first.
    database.exec("INSERT INTO web_hook (url, kinds, secret, enabled) VALUES ('', '[]', '', 0)");
    hook.id = {database.last_insert_id()};
  }
  sqlite::Statement(database, "UPDATE web_hook SET url = seal(?, 'web_hook.url', id), kinds = ?, "
                              "secret = seal(?, 'web_hook.secret', id), enabled = ? WHERE id = ?")
      .run(hook.url, Json(hook.kinds).dump(), hook.secret, hook.enabled, hook.id.value);
}

void save_delivery(sqlite::Database& database, model::WebHookId id, const std::string& message,
                   model::Time now) {
  sqlite::Statement(database, "UPDATE web_hook SET message = ?, delivered_at = CASE WHEN ? = '' THEN ? ELSE "
                              "delivered_at END WHERE id = ?")
      .run(message, message, to_column(now), id.value);
}

bool erase_web_hook(sqlite::Database& database, model::WebHookId id) {
  sqlite::Statement(database, "DELETE FROM web_hook WHERE id = ?").run(id.value);
  return database.changes() != 0;
}

} // namespace relevo::store
