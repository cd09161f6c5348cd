// SPDX-License-Identifier: LGPL-2.1-or-later
// Columns that several tables have.
#include "rows.hpp"

namespace relevo::store {

RefreshState read_state(const sqlite::Statement& row) {
  return {row.column<std::string>(0),
          row.column<std::string>(1),
          row.column<std::string>(2),
          to_time(row.column<std::optional<std::int64_t>>(3)),
          to_time(row.column<std::optional<std::int64_t>>(4)),
          row.column<std::string>(5),
          row.column<int>(6)};
}

void run_state(sqlite::Statement& statement, const RefreshState& state, std::int64_t id) {
  statement.run(state.state, state.message, state.counts, to_column(state.tried), to_column(state.refreshed),
                state.validator, state.failures, id);
}

// An array of pairs: their order counts.
std::string write_headers(const std::vector<model::Header>& headers) {
  Json json = Json::array();
  for (const auto& header : headers)
    json.push_back({header.name, header.value});
  return json.dump();
}

std::vector<model::Header> read_headers(const std::string& text) {
  std::vector<model::Header> headers;
  for (const auto& pair : Json::parse(text))
    headers.push_back({pair.at(0).get<std::string>(), pair.at(1).get<std::string>()});
  return headers;
}

} // namespace relevo::store
