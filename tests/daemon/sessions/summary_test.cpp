// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sessions/event.hpp"

#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace relevo::sessions;
using namespace std::chrono_literals;

namespace {

Event event(Happening what) {
  Event event;
  event.what = what;
  event.channel_name = "News";
  event.candidate = "One (Ours)";
  event.who = {"192.0.2.7", "Player/1"};
  return event;
}

Event failure(const char* name, std::chrono::nanoseconds measured, std::chrono::nanoseconds limit,
              const char* text = "") {
  auto failed = event(Happening::CandidateFailed);
  failed.failure = name;
  failed.status = 404;
  failed.measured = measured;
  failed.limit = limit;
  failed.text = text;
  return failed;
}

} // namespace

TEST_CASE("events tell in a sentence what happened, and why") {
  const auto with = [](Happening what, auto change) {
    auto made = event(what);
    change(made);
    return made;
  };
  struct Row {
    Event event;
    const char* summary;
  };
  const std::vector<Row> rows = {
      {event(Happening::SessionOpened), "opened: somebody wants to watch"},
      {with(Happening::SessionClosed,
            [](Event& e) {
              e.reason = "unwatched";
              e.bytes = 12'345'678;
            }),
       "closed (unwatched), 12.3 MB sent"},
      {with(Happening::CandidateTried, [](Event& e) { e.reason = "start"; }), "trying One (Ours)"},
      {with(Happening::CandidateTried, [](Event& e) { e.reason = "failure"; }),
       "trying One (Ours): the one before failed"},
      {failure("stalled", 2100ms, 2s), "One (Ours): no bytes for 2.1 s"},
      {failure("slow", 3500ms, 3s), "One (Ours): 3.5 s behind real time"},
      {failure("connect-timeout", 4s, 4s), "One (Ours): no connection within 4.0 s"},
      {failure("status", 0s, 0s), "One (Ours): HTTP status 404"},
      {failure("refused", 0s, 0s, "Connection refused"), "One (Ours): Connection refused"},
      {failure("refused", 0s, 0s), "One (Ours): no connection"},
      {failure("stalled", 2s, 2s, "no answer"), "One (Ours): no bytes for 2.0 s (no answer)"},
      {failure("other", 0s, 0s, "exit status 1"), "One (Ours): exit status 1"},
      {with(Happening::Switched, [](Event& e) { e.reason = "start"; }), "playing One (Ours)"},
      {with(Happening::Switched,
            [](Event& e) {
              e.reason = "failure";
              e.from = "Two (Ours)";
              e.gap = 40ms;
            }),
       "switched to One (Ours) from Two (Ours): the one before failed, gap 40 ms"},
      {with(Happening::AllFailed, [](Event& e) { e.wait = 1500ms; }),
       "no source works; all are tried again in 1.5 s"},
      {event(Happening::ViewerJoined), "192.0.2.7 watches with Player/1"},
      {with(Happening::ViewerLeft,
            [](Event& e) {
              e.reason = "hung-up";
              e.bytes = 500'000;
              e.skips = 2;
            }),
       "192.0.2.7 left (hung-up) after 0.5 MB, skipped 2 times"},
  };
  for (const auto& row : rows)
    CHECK(summarise(row.event) == row.summary);
}
