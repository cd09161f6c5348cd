// SPDX-License-Identifier: LGPL-2.1-or-later
// The second schema: what has happened, what streams did wrong, and who is told of alerts.
#include "migrations.hpp"

namespace relevo::store {

const char* const kMigration2 = R"sql(
-- History outlives what it tells of: nothing here refers to other tables.
CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL, -- since 1970
  kind TEXT NOT NULL,
  channel INTEGER,
  account INTEGER,
  stream INTEGER,
  session INTEGER NOT NULL DEFAULT 0,
  subject TEXT NOT NULL,
  summary TEXT NOT NULL,
  evidence TEXT NOT NULL
);
CREATE INDEX event_time ON event (at_ms);
CREATE INDEX event_channel ON event (channel) WHERE channel IS NOT NULL;
CREATE INDEX event_session ON event (session) WHERE session > 0;

CREATE TABLE stream_penalty (
  stream INTEGER PRIMARY KEY REFERENCES stream ON DELETE CASCADE,
  points REAL NOT NULL,
  at_ms INTEGER NOT NULL -- when it had them
);

ALTER TABLE alert ADD COLUMN channel INTEGER REFERENCES channel ON DELETE CASCADE;
ALTER TABLE alert ADD COLUMN login INTEGER REFERENCES login ON DELETE CASCADE;
ALTER TABLE alert ADD COLUMN acknowledged_at INTEGER;

-- Addresses that are told of what happens.
CREATE TABLE web_hook (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  url TEXT NOT NULL,
  kinds TEXT NOT NULL, -- a JSON array of kinds of events; empty: alerts
  secret TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  -- how the last delivery went
  delivered_at INTEGER,
  message TEXT NOT NULL DEFAULT ''
);
)sql";

} // namespace relevo::store
