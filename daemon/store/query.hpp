// SPDX-License-Identifier: LGPL-2.1-or-later
// A query put together of what is asked for.
#pragma once

#include "sqlite/database.hpp"
#include "store/page.hpp"

#include <span>
#include <utility>

namespace relevo::store {

/// Names that a list can be sorted by, and the SQL of each.
using Orders = std::span<const std::pair<std::string_view, std::string_view>>;

class Query {
 public:
  /// `from`: the tables, with their joins.
  Query(std::string_view columns, std::string_view from) : columns_(columns), from_(from) {}

  /// A condition with places, and what stands there.
  template <class... Values>
  Query& where(std::string_view condition, const Values&... values) {
    (values_.emplace_back(values), ...);
    return add(condition);
  }
  /// Text found anywhere in what `condition` compares with LIKE.
  Query& where_like(std::string_view condition, std::string_view text);

  /// Rows of a page. Unknown names sort by the first order.
  [[nodiscard]] sqlite::Statement select(const sqlite::Database& database, const Page& page,
                                         Orders orders) const;
  [[nodiscard]] std::int64_t count(const sqlite::Database& database) const;

 private:
  Query& add(std::string_view condition);

  std::string_view columns_;
  std::string_view from_;
  std::string conditions_;
  std::vector<sqlite::Value> values_;
};

} // namespace relevo::store
