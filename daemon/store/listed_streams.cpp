// SPDX-License-Identifier: LGPL-2.1-or-later
// The tables "stream" and "stream_group", row by row.
#include "store/listed_streams.hpp"

namespace relevo::store {

void visit_streams(const sqlite::Database& database, model::AccountId account,
                   const std::function<bool(const model::Found&)>& visit) {
  sqlite::Statement row(database,
                        "SELECT s.kind, s.name, g.name, unseal(s.url, 'stream.url', s.id) FROM stream s "
                        "JOIN stream_group g ON g.id = s.stream_group "
                        "WHERE s.account = ? AND s.missing_since IS NULL ORDER BY s.position");
  row.start(account.value);
  while (row.step()) {
    model::Found found;
    found.kind = static_cast<model::StreamKind>(row.column<int>(0));
    found.name = row.column<std::string_view>(1);
    found.group = row.column<std::string_view>(2);
    found.url = row.column<std::string_view>(3);
    if (!visit(found)) return;
  }
}

} // namespace relevo::store
