// SPDX-License-Identifier: LGPL-2.1-or-later
#include "admin/operations.hpp"

#include <doctest/doctest.h>

using namespace relevo;

TEST_CASE("what only tells is no change, though it is asked with POST") {
  admin::Operations operations;
  admin::add_accounts(operations);
  for (const auto& operation : operations) {
    CAPTURE(operation.path);
    const bool only_tells =
        operation.method == net::Method::Get || operation.path.ends_with("/filter-preview");
    CHECK(operation.changes == !only_tells);
  }
}
