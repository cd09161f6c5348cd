// SPDX-License-Identifier: LGPL-2.1-or-later
#include "admin/metrics_text.hpp"
#include "admin/tally.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::admin;

TEST_CASE("figures are written as Prometheus reads them") {
  MetricsText text;
  text.metric("a_total", MetricsText::Kind::Counter, "Of \\ and\nlines").sample(std::uint64_t{3});
  text.metric("b", MetricsText::Kind::Gauge, "\"Quoted\"")
      .sample({{"name", "say \"hi\"\\\n"}, {"id", "5"}}, 0.25)
      .sample({{"name", ""}}, std::uint64_t{18'446'744'073'709'551'615U});
  CHECK(text.text() == "# HELP a_total Of \\\\ and\\nlines\n# TYPE a_total counter\na_total 3\n"
                       "# HELP b \"Quoted\"\n# TYPE b gauge\n"
                       "b{name=\"say \\\"hi\\\"\\\\\\n\",id=\"5\"} 0.25\n"
                       "b{name=\"\"} 18446744073709551615\n");
}

TEST_CASE("what sessions do is counted") {
  using enum sessions::Happening;
  Tally tally;
  const auto tell = [&tally](sessions::Happening what, auto change) {
    sessions::Event event;
    event.what = what;
    change(event);
    tally.count(event);
  };
  const auto nothing = [](sessions::Event&) {};
  tell(SessionOpened, nothing);
  tell(Switched, nothing); // the first source: from nothing
  tell(Switched, [](auto& event) { event.from = "One"; });
  for (const char* failure : {"stalled", "status", "stalled"})
    tell(CandidateFailed, [&](auto& event) { event.failure = failure; });
  tell(ViewerLeft, [](auto& event) {
    event.bytes = 7;
    event.skips = 2;
  });
  tell(SessionClosed, [](auto& event) { event.bytes = 7; }); // of the viewers who were counted
  CHECK(tally.opened == 1);
  CHECK(tally.switched == 1);
  CHECK(tally.failed == std::map<std::string, std::uint64_t>{{"stalled", 2}, {"status", 1}});
  CHECK(tally.bytes == 7);
  CHECK(tally.skips == 2);
}
