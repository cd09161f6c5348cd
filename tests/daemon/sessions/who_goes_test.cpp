// SPDX-License-Identifier: LGPL-2.1-or-later
// Who makes room, as a table.
#include "sessions/room.hpp"

#include <doctest/doctest.h>
#include <vector>

using namespace relevo::sessions;

TEST_CASE("who makes room is decided by who watches, and only then by priority") {
  using enum State;
  struct Row {
    const char* what;
    std::vector<Holder> holders;
    std::optional<int> preempting;
    std::optional<std::size_t> goes;
  };
  const Row rows[] = {
      {"nobody is there", {}, 5, {}},
      {"one that is watched stays", {{Live, false, 0, 1}}, {}, {}},
      {"one that goes anyway", {{Draining}, {Closing}}, {}, 1},
      {"one that nobody watches", {{Live, true}, {Draining}}, {}, 1},
      {"his own", {{Live}, {Live, true}}, {}, 1},
      {"his own before others of a lower priority", {{Live, false, 0}, {Live, true, 9}}, 9, 1},
      {"the first of several that nobody watches", {{Draining}, {Draining}}, 9, 0},
      {"the same priority is no reason", {{Live, false, 5}}, 5, {}},
      {"nor is a higher one", {{Live, false, 6}}, 5, {}},
      {"a lower one is", {{Live, false, 4}}, 5, 0},
      {"not where priorities do not count", {{Live, false, 4}}, {}, {}},
      {"one that is only opening, too", {{Opening, false, 4}}, 5, 0},
      {"the lowest", {{Live, false, 3}, {Live, false, 1}, {Live, false, 2}}, 5, 1},
      {"then that with the fewest viewers",
       {{Live, false, 1, 2}, {Live, false, 1, 1}, {Live, false, 1, 3}},
       5,
       1},
      {"then the youngest", {{Live, false, 1, 1}, {Live, false, 1, 1}}, 5, 1},
      {"priorities may be negative", {{Live, false, -2}}, -1, 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(choose_who_goes(row.holders, row.preempting) == row.goes);
  }
}
