// SPDX-License-Identifier: LGPL-2.1-or-later
// Secrets are sealed with the key beside the database.
#include "migrations.hpp"

namespace relevo::store {

// Places are part of what is sealed: they never change, whatever becomes of the columns.
const char* const kMigration5 = R"sql(
CREATE TABLE sealing (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  proof BLOB NOT NULL -- opens with the key that all else is sealed with
);
INSERT INTO sealing VALUES (1, seal('relevo', 'sealing.proof', 1));
UPDATE account SET location = seal(location, 'account.location', id), headers = seal(headers, 'account.headers', id),
  proxy = seal(proxy, 'account.proxy', id);
UPDATE login SET username = seal(username, 'login.username', id), password = seal(password, 'login.password', id),
  search = seal(search, 'login.search', id), replacement = seal(replacement, 'login.replacement', id);
UPDATE guide_source SET location = seal(location, 'guide_source.location', id),
  headers = seal(headers, 'guide_source.headers', id), proxy = seal(proxy, 'guide_source.proxy', id);
UPDATE user SET stream_token = seal(stream_token, 'user.stream_token', id);
UPDATE web_hook SET url = seal(url, 'web_hook.url', id), secret = seal(secret, 'web_hook.secret', id);
UPDATE stream SET url = seal(url, 'stream.url', id), details = seal(details, 'stream.details', id);
)sql";

} // namespace relevo::store
