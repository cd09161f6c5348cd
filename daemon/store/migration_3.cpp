// SPDX-License-Identifier: LGPL-2.1-or-later
// Users, what they may see, keys, sessions of the web interface.
#include "migrations.hpp"

namespace relevo::store {

const char* const kMigration3 = R"sql(
CREATE TABLE user (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  role TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  password TEXT NOT NULL, -- its hash
  stream_token TEXT NOT NULL UNIQUE,
  streams INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  all_channels INTEGER NOT NULL, -- 0: those of his profiles alone, and none where they are gone
  networks TEXT NOT NULL
);

CREATE TABLE user_profile (
  user INTEGER NOT NULL REFERENCES user ON DELETE CASCADE,
  profile INTEGER NOT NULL REFERENCES channel_profile ON DELETE CASCADE,
  PRIMARY KEY (user, profile)
) WITHOUT ROWID;

CREATE TABLE api_key (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  role TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  made_at INTEGER NOT NULL
);

CREATE TABLE web_session (
  hash TEXT PRIMARY KEY,
  user INTEGER NOT NULL REFERENCES user ON DELETE CASCADE,
  made_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX web_session_user ON web_session (user);
)sql";

} // namespace relevo::store
