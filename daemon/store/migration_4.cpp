// SPDX-License-Identifier: LGPL-2.1-or-later
// How streams are read: profiles, and who chose which; slates of channels.
#include "migrations.hpp"

namespace relevo::store {

const char* const kMigration4 = R"sql(
CREATE TABLE stream_profile (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  command TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  stock INTEGER NOT NULL DEFAULT 0 -- comes with the program
);
INSERT INTO stream_profile (name, kind, command, user_agent, stock) VALUES
  ('Proxy', 'proxy', '', '', 1),
  ('Redirect', 'redirect', '', '', 1),
  ('FFmpeg', 'command',
   'ffmpeg -nostdin -v error -analyzeduration 1000000 -user_agent {userAgent} -i {streamUrl} -map 0 -ignore_unknown '
   || '-c copy -f mpegts -',
   '', 1),
  ('Streamlink', 'command',
   'streamlink --loglevel error --stdout --http-header User-Agent={userAgent} {streamUrl} best', '', 1),
  ('VLC', 'command',
   'cvlc -q --http-user-agent {userAgent} --sout "#standard{access=file,mux=ts,dst=-}" {streamUrl} vlc://quit',
   '', 1);

-- Null: nobody chose for this one.
ALTER TABLE channel ADD COLUMN stream_profile INTEGER REFERENCES stream_profile ON DELETE SET NULL;
ALTER TABLE stream ADD COLUMN stream_profile INTEGER REFERENCES stream_profile ON DELETE SET NULL;
-- A file that is shown while no source of the channel works; '': that of the settings.
ALTER TABLE channel ADD COLUMN slate TEXT NOT NULL DEFAULT '';
)sql";

} // namespace relevo::store
