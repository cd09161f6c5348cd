// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/window.hpp"

#include <doctest/doctest.h>

using namespace relevo::ts;

TEST_CASE("elements keep their numbers while the window moves and grows") {
  Window<std::uint64_t> window;
  std::uint64_t taken = 0;
  for (std::uint64_t n = 0; n < 1000; ++n) {
    window.push() = n;
    if (n % 3 == 0) {
      CHECK(window[window.begin()] == taken++);
      window.pop();
    }
  }
  CHECK(window.size() == 1000 - taken);
  for (std::uint64_t n = window.begin(); n != window.end(); ++n)
    CHECK(window[n] == n);
  window.clear();
  CHECK(window.empty());
  window.push() = 7;
  CHECK(window[1000] == 7);
}
