// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gx/hmac.hpp"

#include <doctest/doctest.h>

using namespace relevo;

TEST_CASE("texts are signed as RFC 4231 says") {
  CHECK(gx::hmac_sha256("Jefe", "what do ya want for nothing?") ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}
