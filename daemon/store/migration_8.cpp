// SPDX-License-Identifier: LGPL-2.1-or-later
// Whose alerts they are, found without reading them all: each channel that goes takes its own along.
#include "migrations.hpp"

namespace relevo::store {

const char* const kMigration8 = R"sql(
CREATE INDEX alert_channel ON alert (channel);
CREATE INDEX alert_login ON alert (login);
)sql";

} // namespace relevo::store
