// SPDX-License-Identifier: LGPL-2.1-or-later
// Boxes that are known by their MAC.
#include "migrations.hpp"

namespace relevo::store {

const char* const kMigration6 = R"sql(
CREATE TABLE device (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  mac BLOB NOT NULL, -- sealed
  user INTEGER NOT NULL REFERENCES user ON DELETE CASCADE,
  enabled INTEGER NOT NULL,
  seen_at INTEGER -- null: never
);
)sql";

} // namespace relevo::store
