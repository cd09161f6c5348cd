-- SPDX-License-Identifier: LGPL-2.1-or-later
-- A database of schema 1, as its first release wrote it.
PRAGMA user_version = 1;
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
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
INSERT INTO "account" VALUES(1,'Ours','m3u','http://a.example/get.m3u',1,'','[]','','',7,0,0,'',33,1,'["provider-id","url","address","title","name"]','[]','good','','{"listed":2,"present":0,"added":2,"changed":0,"vanished":0,"returned":0,"expired":0,"new_groups":1,"filtered":0,"unwanted":0,"duplicates":0,"faults":0,"known_by":{"provider-id":0,"url":0,"address":0,"title":0,"name":0},"notes":[]}',1795739153,1795739153,'',0);
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
INSERT INTO "channel" VALUES(1,'a742cb25-a567-4a50-812e-d570b2a0ba8f',100,0,'Eins',1,'','one.uk',1,'one.uk',0,100,'the same id',0,0,1,'["name"]','{"group":"UK","logo":"","name":"One HD","tvg_id":"one.uk"}','{}');
INSERT INTO "channel" VALUES(2,'5041f90a-bef4-4ff2-9855-6d7f0c5ef076',101,0,'Zwölf',1,'','',NULL,'',0,0,'',0,0,1,'[]','{"group":"UK","logo":"","name":"Zwölf","tvg_id":""}','{}');
CREATE TABLE channel_group (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE
);
INSERT INTO "channel_group" VALUES(1,'UK');
CREATE TABLE channel_profile (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE
);
INSERT INTO "channel_profile" VALUES(1,'Kids');
CREATE TABLE channel_stream (
  channel INTEGER NOT NULL REFERENCES channel ON DELETE CASCADE,
  stream INTEGER NOT NULL REFERENCES stream ON DELETE CASCADE,
  position INTEGER NOT NULL,
  manual INTEGER NOT NULL,
  confidence INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (channel, stream)
) WITHOUT ROWID;
INSERT INTO "channel_stream" VALUES(1,1,0,0,100,'nothing is like it');
INSERT INTO "channel_stream" VALUES(2,2,0,0,100,'nothing is like it');
CREATE TABLE dummy_rule (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  position INTEGER NOT NULL,
  name TEXT NOT NULL UNIQUE,
  pattern TEXT NOT NULL,
  zone INTEGER NOT NULL, -- minutes ahead of UTC
  length INTEGER NOT NULL, -- minutes
  templates TEXT NOT NULL
);
INSERT INTO "dummy_rule" VALUES(1,1,'Fights','PPV (?<title>.*)',0,180,'{"description":"","ended_description":"","ended_title":"Ended: {title}","title":"{title}","upcoming_description":"Starts at {starttime24} on {date}.","upcoming_title":"Upcoming: {title}"}');
CREATE TABLE guide_channel (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  edition INTEGER NOT NULL REFERENCES guide_edition ON DELETE CASCADE,
  channel TEXT NOT NULL, -- its id in the XMLTV
  names TEXT NOT NULL,
  icon TEXT NOT NULL,
  UNIQUE (edition, channel)
);
INSERT INTO "guide_channel" VALUES(1,1,'one.uk','["One"]','');
CREATE TABLE guide_edition (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source INTEGER NOT NULL REFERENCES guide_source ON DELETE CASCADE
);
INSERT INTO "guide_edition" VALUES(1,1);
CREATE TABLE guide_review (
  channel INTEGER PRIMARY KEY REFERENCES channel ON DELETE CASCADE,
  reason TEXT NOT NULL,
  candidates TEXT NOT NULL
);
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
INSERT INTO "guide_source" VALUES(1,'Guide','http://a.example/guide.xml',1,'','[]','','',0,3,365,1,'good','','{"channels":1,"programmes":1,"before":0,"outside":0,"faults":0,"notes":[]}',1795739153,1795739153,'file:-4641924846502235834:188',0);
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
INSERT INTO "login" VALUES(1,1,1,'joe',1,'joe','secret','','',1,NULL);
CREATE TABLE profile_channel (
  profile INTEGER NOT NULL REFERENCES channel_profile ON DELETE CASCADE,
  channel INTEGER NOT NULL REFERENCES channel ON DELETE CASCADE,
  position INTEGER NOT NULL,
  PRIMARY KEY (profile, channel)
) WITHOUT ROWID;
INSERT INTO "profile_channel" VALUES(1,2,0);
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
INSERT INTO "programme" VALUES(1,1,1795744800,1795748400,'Late','','','{}');
CREATE TABLE separation (
  channel INTEGER NOT NULL REFERENCES channel ON DELETE CASCADE,
  stream INTEGER NOT NULL REFERENCES stream ON DELETE CASCADE,
  PRIMARY KEY (channel, stream)
) WITHOUT ROWID;
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
INSERT INTO "stream" VALUES(1,1,1,0,0,NULL,574148512446984985,6663669666135495585,1217355456562385955,-3459661078077224831,-8577466975530999766,3681319162,-7437141908743819516,'One HD','http://a.example/joe/secret/1','1','one.uk','','',0,0,'{}','{}','{}',NULL);
INSERT INTO "stream" VALUES(2,1,1,0,1,NULL,5003637827957949519,-5649377345307531705,8892090276579218897,0,9150900061825419818,3681319162,7611841872139466174,'Zwölf','http://a.example/joe/secret/12','12','','','',0,0,'{}','{}','{}',NULL);
CREATE TABLE stream_group (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  kind INTEGER NOT NULL,
  name TEXT NOT NULL,
  wanted INTEGER NOT NULL,
  sync TEXT, -- how channels are made of it; null: not at all
  UNIQUE (account, kind, name)
);
INSERT INTO "stream_group" VALUES(1,1,0,'UK',1,'{"exclude":"","first":100,"group":"","include":"","last":999999,"merge":true,"numbering":"next-free","replacement":"","search":""}');
CREATE INDEX stream_account ON stream (account);
CREATE INDEX stream_group_streams ON stream (stream_group);
CREATE INDEX stream_name ON stream (name COLLATE NOCASE);
CREATE INDEX channel_number ON channel (major, minor);
CREATE INDEX channel_stream_stream ON channel_stream (stream);
CREATE INDEX separation_stream ON separation (stream);
CREATE INDEX profile_channel_channel ON profile_channel (channel);
CREATE INDEX programme_time ON programme (guide_channel, start);
CREATE INDEX alert_open ON alert (closed_at, raised_at);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('account',1);
INSERT INTO "sqlite_sequence" VALUES('login',1);
INSERT INTO "sqlite_sequence" VALUES('stream_group',1);
INSERT INTO "sqlite_sequence" VALUES('stream',2);
INSERT INTO "sqlite_sequence" VALUES('guide_source',1);
INSERT INTO "sqlite_sequence" VALUES('channel_group',3);
INSERT INTO "sqlite_sequence" VALUES('channel',2);
INSERT INTO "sqlite_sequence" VALUES('guide_edition',1);
INSERT INTO "sqlite_sequence" VALUES('guide_channel',1);
INSERT INTO "sqlite_sequence" VALUES('channel_profile',1);
INSERT INTO "sqlite_sequence" VALUES('dummy_rule',1);
COMMIT;
