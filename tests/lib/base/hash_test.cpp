// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/hash.hpp"

#include <doctest/doctest.h>

using relevo::Hash;

TEST_CASE("hashes are for ever") {
  CHECK(Hash().value() == 0xcbf29ce484222325);
  CHECK(Hash().add("News").value() != Hash().add("news").value());
}

TEST_CASE("where a text ends counts") {
  CHECK(Hash().add("ab").add("c").value() != Hash().add("a").add("bc").value());
  CHECK(Hash().add("").add("a").value() != Hash().add("a").add("").value());
}
