// SPDX-License-Identifier: LGPL-2.1-or-later
// What was found out about streams while they played.
#include "migrations.hpp"

namespace relevo::store {

const char* const kMigration7 = R"sql(
ALTER TABLE stream DROP COLUMN facts; -- nobody has ever written it

CREATE TABLE stream_measured (
  stream INTEGER PRIMARY KEY REFERENCES stream ON DELETE CASCADE,
  at_ms INTEGER NOT NULL,
  bits_per_second INTEGER NOT NULL,
  codec TEXT COLLATE NOCASE, -- of its video, as the next ones; null: it has none
  profile TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  interlaced INTEGER NOT NULL,
  frames_per_second REAL NOT NULL,
  audio TEXT NOT NULL -- a JSON array
);

CREATE TABLE stream_failure (
  stream INTEGER PRIMARY KEY REFERENCES stream ON DELETE CASCADE,
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL
);
)sql";

} // namespace relevo::store
