// SPDX-License-Identifier: LGPL-2.1-or-later
#include "policy/slots.hpp"

#include <doctest/doctest.h>

using relevo::policy::SlotTable;

TEST_CASE("as many slots as the limit says, for each key") {
  SlotTable table;
  CHECK(table.take("a", 2));
  CHECK(table.take("a", 2));
  CHECK_FALSE(table.take("a", 2));
  CHECK(table.take("b", 1));
  CHECK(table.taken("a") == 2);
  table.give_back("a");
  CHECK(table.take("a", 2));
  CHECK_FALSE(table.take("a", 2));
}

TEST_CASE("a limit may change while slots are taken") {
  SlotTable table;
  CHECK(table.take("a", SlotTable::kUnlimited));
  CHECK(table.take("a", SlotTable::kUnlimited));
  CHECK_FALSE(table.take("a", 1));
  CHECK(table.take("a", 3));
  for (int i = 0; i < 3; ++i)
    table.give_back("a");
  CHECK(table.taken("a") == 0);
  CHECK(table.take("a", 1));
}
