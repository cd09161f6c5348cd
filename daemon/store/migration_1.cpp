// SPDX-License-Identifier: LGPL-2.1-or-later
// The first schema: accounts, streams, channels, guide.
#include "migrations.hpp"

namespace relevo::store {

// What is text in JSON is only read whole, never searched. Times are seconds since 1970.
const char* const kMigration1 = R"sql(
CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  location TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  user_agent TEXT NOT NULL,
  headers TEXT NOT NULL,
  proxy TEXT NOT NULL,
  refresh TEXT NOT NULL,
  stale_days INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  connections INTEGER NOT NULL,
  server_group TEXT NOT NULL,
  shrink_percent INTEGER NOT NULL,
  new_groups INTEGER NOT NULL,
  likenesses TEXT NOT NULL,
  filters TEXT NOT NULL,
  -- how its last refresh went
  state TEXT NOT NULL DEFAULT 'new',
  message TEXT NOT NULL DEFAULT '',
  counts TEXT NOT NULL DEFAULT '{}',
  tried_at INTEGER,
  refreshed_at INTEGER,
  validator TEXT NOT NULL DEFAULT '',
  failures INTEGER NOT NULL DEFAULT 0 -- in a row
);

CREATE TABLE login (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  username TEXT NOT NULL,
  password TEXT NOT NULL,
  search TEXT NOT NULL,
  replacement TEXT NOT NULL,
  connections INTEGER NOT NULL,
  expires INTEGER,
  UNIQUE (account, name)
);

CREATE TABLE stream_group (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  kind INTEGER NOT NULL,
  name TEXT NOT NULL,
  wanted INTEGER NOT NULL,
  sync TEXT, -- how channels are made of it; null: not at all
  UNIQUE (account, kind, name)
);

CREATE TABLE stream (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  stream_group INTEGER NOT NULL REFERENCES stream_group ON DELETE CASCADE,
  kind INTEGER NOT NULL,
  position INTEGER NOT NULL, -- in its list
  missing_since INTEGER,
  -- its fingerprint
  provider_key INTEGER NOT NULL,
  url_key INTEGER NOT NULL,
  address_key INTEGER NOT NULL,
  title_key INTEGER NOT NULL,
  name_key INTEGER NOT NULL,
  group_key INTEGER NOT NULL,
  content INTEGER NOT NULL,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  tvg_id TEXT NOT NULL,
  logo TEXT NOT NULL,
  number TEXT NOT NULL,
  archive_days INTEGER NOT NULL,
  adult INTEGER NOT NULL,
  details TEXT NOT NULL,
  custom TEXT NOT NULL DEFAULT '{}',
  facts TEXT NOT NULL DEFAULT '{}', -- what was measured of it
  score REAL
);
CREATE INDEX stream_account ON stream (account);
CREATE INDEX stream_group_streams ON stream (stream_group);
CREATE INDEX stream_name ON stream (name COLLATE NOCASE);

CREATE TABLE channel_group (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE channel (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  major INTEGER,
  minor INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL,
  channel_group INTEGER REFERENCES channel_group ON DELETE SET NULL,
  logo TEXT NOT NULL,
  tvg_id TEXT NOT NULL,
  guide_source INTEGER REFERENCES guide_source ON DELETE SET NULL,
  guide_channel TEXT NOT NULL DEFAULT '',
  guide_manual INTEGER NOT NULL DEFAULT 0,
  guide_score INTEGER NOT NULL DEFAULT 0,
  guide_reason TEXT NOT NULL DEFAULT '',
  guide_shift INTEGER NOT NULL DEFAULT 0, -- minutes
  hidden INTEGER NOT NULL,
  automatic INTEGER NOT NULL,
  settled TEXT NOT NULL DEFAULT '[]',   -- fields that no refresh changes
  provided TEXT NOT NULL DEFAULT '{}',  -- what the provider's list says of them
  custom TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX channel_number ON channel (major, minor);

CREATE TABLE channel_stream (
  channel INTEGER NOT NULL REFERENCES channel ON DELETE CASCADE,
  stream INTEGER NOT NULL REFERENCES stream ON DELETE CASCADE,
  position INTEGER NOT NULL,
  manual INTEGER NOT NULL,
  confidence INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (channel, stream)
) WITHOUT ROWID;
CREATE INDEX channel_stream_stream ON channel_stream (stream);

-- Streams that the user took out of a channel: they are never put back by themselves.
CREATE TABLE separation (
  channel INTEGER NOT NULL REFERENCES channel ON DELETE CASCADE,
  stream INTEGER NOT NULL REFERENCES stream ON DELETE CASCADE,
  PRIMARY KEY (channel, stream)
) WITHOUT ROWID;
CREATE INDEX separation_stream ON separation (stream);

CREATE TABLE channel_profile (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE profile_channel (
  profile INTEGER NOT NULL REFERENCES channel_profile ON DELETE CASCADE,
  channel INTEGER NOT NULL REFERENCES channel ON DELETE CASCADE,
  position INTEGER NOT NULL,
  PRIMARY KEY (profile, channel)
) WITHOUT ROWID;
CREATE INDEX profile_channel_channel ON profile_channel (channel);

CREATE TABLE guide_source (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  location TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  user_agent TEXT NOT NULL,
  headers TEXT NOT NULL,
  proxy TEXT NOT NULL,
  refresh TEXT NOT NULL,
  priority INTEGER NOT NULL,
  past_days INTEGER NOT NULL,
  future_days INTEGER NOT NULL,
  edition INTEGER, -- the one in use
  state TEXT NOT NULL DEFAULT 'new',
  message TEXT NOT NULL DEFAULT '',
  counts TEXT NOT NULL DEFAULT '{}',
  tried_at INTEGER,
  refreshed_at INTEGER,
  validator TEXT NOT NULL DEFAULT '',
  failures INTEGER NOT NULL DEFAULT 0 -- in a row
);

-- What one refresh of a guide brought. One that no source uses is rubbish: of a refresh that did not end, or an old one.
CREATE TABLE guide_edition (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source INTEGER NOT NULL REFERENCES guide_source ON DELETE CASCADE
);

CREATE TABLE guide_channel (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  edition INTEGER NOT NULL REFERENCES guide_edition ON DELETE CASCADE,
  channel TEXT NOT NULL, -- its id in the XMLTV
  names TEXT NOT NULL,
  icon TEXT NOT NULL,
  UNIQUE (edition, channel)
);

-- Channels whose guide somebody has to choose, as the last matching saw them.
CREATE TABLE guide_review (
  channel INTEGER PRIMARY KEY REFERENCES channel ON DELETE CASCADE,
  reason TEXT NOT NULL,
  candidates TEXT NOT NULL
);

CREATE TABLE programme (
  id INTEGER PRIMARY KEY,
  guide_channel INTEGER NOT NULL REFERENCES guide_channel ON DELETE CASCADE,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  title TEXT NOT NULL,
  subtitle TEXT NOT NULL,
  description TEXT NOT NULL,
  details TEXT NOT NULL
);
CREATE INDEX programme_time ON programme (guide_channel, start);

-- What programmes names of channels tell that have no guide, in the order in which they are tried.
CREATE TABLE dummy_rule (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  position INTEGER NOT NULL,
  name TEXT NOT NULL UNIQUE,
  pattern TEXT NOT NULL,
  zone INTEGER NOT NULL, -- minutes ahead of UTC
  length INTEGER NOT NULL, -- minutes
  templates TEXT NOT NULL
);

-- What needs a person: a refresh that changed nothing because it would have lost too much, say.
CREATE TABLE alert (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  raised_at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  account INTEGER REFERENCES account ON DELETE CASCADE,
  guide_source INTEGER REFERENCES guide_source ON DELETE CASCADE,
  message TEXT NOT NULL,
  details TEXT NOT NULL,
  closed_at INTEGER
);
CREATE INDEX alert_open ON alert (closed_at, raised_at);
)sql";

} // namespace relevo::store
