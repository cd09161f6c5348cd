// SPDX-License-Identifier: LGPL-2.1-or-later
// SQL of conditions, order and page.
#include "query.hpp"

#include "base/text.hpp"
#include "like.hpp"

#include <algorithm>

namespace relevo::store {
namespace {

std::string order_of(const Page& page, Orders orders) {
  const auto named = [&page](const auto& order) { return order.first == page.sort; };
  const auto found = std::find_if(orders.begin(), orders.end(), named);
  const auto& [name, sql] = found == orders.end() ? orders.front() : *found;
  return concat(" ORDER BY ", sql, page.descending ? " DESC" : "");
}

} // namespace

Query& Query::add(std::string_view condition) {
  conditions_ += concat(conditions_.empty() ? " WHERE " : " AND ", condition);
  return *this;
}

Query& Query::where_like(std::string_view condition, std::string_view text) {
  return where(concat(condition, " LIKE ? ESCAPE '\\'"), like_pattern(text));
}

sqlite::Statement Query::select(const sqlite::Database& database, const Page& page, Orders orders) const {
  sqlite::Statement rows(database, concat("SELECT ", columns_, " FROM ", from_, conditions_,
                                          order_of(page, orders), " LIMIT ? OFFSET ?"));
  auto values = values_;
  values.emplace_back(page.limit);
  values.emplace_back(page.offset);
  rows.start_with(values);
  return rows;
}

std::int64_t Query::count(const sqlite::Database& database) const {
  sqlite::Statement row(database, concat("SELECT count(*) FROM ", from_, conditions_));
  row.start_with(values_);
  row.step();
  return row.column<std::int64_t>(0);
}

} // namespace relevo::store
