// SPDX-License-Identifier: LGPL-2.1-or-later
#include "open_database.hpp"
#include "sqlite/natural.hpp"

#include <algorithm>
#include <random>
#include <vector>

using namespace relevo;
using sqlite::compare_natural;

namespace {

int sign(int value) {
  return (value > 0) - (value < 0);
}

} // namespace

TEST_CASE("names are in the order in which people look for them") {
  const std::vector<std::string> sorted = {
      "",      "007",      "8",      "10",       "11a",    "Arte",     "BBC 2",
      "bbc 2", "BBC 2 HD", "bbc 10", "BBC 010x", "Canal+", "canal+ 2", "Ärzte",
      "Éxito", "ÉXITO 2",  "ñandú",  "ÑANDÚ b",  "Дом",    "дом 2",    "\xff",
  };
  for (std::size_t i = 0; i < sorted.size(); ++i)
    for (std::size_t j = 0; j < sorted.size(); ++j) {
      CAPTURE(sorted[i]);
      CAPTURE(sorted[j]);
      CHECK(sign(compare_natural(sorted[i], sorted[j])) == (i < j ? -1 : i > j ? 1 : 0));
    }
}

TEST_CASE("numbers have any length") {
  const std::string nines(1000, '9');
  CHECK(compare_natural(nines, "1" + std::string(1000, '0')) < 0);
  CHECK(compare_natural("a" + nines + "b", "a000" + nines + "a") > 0);
  CHECK(compare_natural("00", "0") != 0); // else one of two names would be lost
}

TEST_CASE("it is an order, whatever the bytes") {
  std::mt19937 random(1);
  constexpr std::string_view kBytes("0019aAbB \xc3\x84\xa4\xff\0", 15);
  std::vector<std::string> texts(60);
  for (auto& text : texts)
    for (auto size = random() % 6; size > 0; --size)
      text += kBytes[random() % kBytes.size()];
  for (const auto& a : texts)
    for (const auto& b : texts) {
      REQUIRE(sign(compare_natural(a, b)) == -sign(compare_natural(b, a)));
      REQUIRE((compare_natural(a, b) == 0) == (a == b));
      for (const auto& c : texts)
        if (compare_natural(a, b) < 0 && compare_natural(b, c) < 0) REQUIRE(compare_natural(a, c) < 0);
    }
}

TEST_CASE("SQL sorts by it") {
  auto database = *sqlite::Database::open_in_memory();
  sqlite::Statement row(
      database, "SELECT column1 FROM (VALUES ('b10'), ('B9'), ('a')) ORDER BY column1 COLLATE NATURAL_ORDER");
  std::string found;
  while (row.step())
    found += row.column<std::string>(0) + " ";
  CHECK(found == "a B9 b10 ");
}
