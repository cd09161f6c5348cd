// SPDX-License-Identifier: LGPL-2.1-or-later
// What people read of what a guard tells.
#include "access/summary.hpp"

#include <doctest/doctest.h>

using relevo::access::summarise;

TEST_CASE("each event of a guard is a sentence") {
  struct Case {
    nlohmann::json event;
    const char* summary;
  };
  const Case cases[] = {
      {{{"event", "login"}, {"user", "Ann"}, {"address", "10.0.0.7"}}, R"("Ann" logged in from 10.0.0.7)"},
      {{{"event", "logged-out-everywhere"}, {"user", "Ann"}, {"by", "Bob"}, {"address", "::1"}},
       R"("Ann" was logged out everywhere by "Bob" from ::1)"},
      {{{"event", "user-added"}, {"user", "Ann"}, {"by", ""}, {"address", "10.0.0.7"}},
       R"(the user "Ann" was added from 10.0.0.7)"},
      {{{"event", "key-removed"}, {"key", "backup"}, {"by", "Ann"}, {"address", "10.0.0.7"}},
       R"(the API key "backup" was removed by "Ann" from 10.0.0.7)"},
      {{{"event", "device-added"}, {"device", "Kitchen"}, {"by", "Ann"}, {"address", "10.0.0.7"}},
       R"(the box "Kitchen" was added by "Ann" from 10.0.0.7)"},
      {{{"event", "login-failed"}, {"user", ""}, {"reason", "wrong-credentials"}, {"address", "10.0.0.7"}},
       "somebody could not log in from 10.0.0.7 (wrong-credentials)"},
      {{{"event", "login-failed"}, {"user", "Ann"}, {"reason", "disabled"}, {"address", "10.0.0.7"}},
       R"(somebody could not log in as "Ann" from 10.0.0.7 (disabled))"},
      {{{"event", "refused"},
        {"user", ""},
        {"path", "/stream/5"},
        {"reason", "login-needed"},
        {"address", "10.0.0.7"},
        {"untold", 0}},
       R"(10.0.0.7 was refused "/stream/5" (login-needed))"},
      {{{"event", "refused"},
        {"user", "Ann"},
        {"path", "/api/v1/users"},
        {"reason", "role"},
        {"address", "10.0.0.7"},
        {"untold", 3}},
       R"(10.0.0.7 as "Ann" was refused "/api/v1/users" (role), and 3 more were)"},
      {{{"event", "daemon-started"}}, ""},
  };
  for (const auto& [event, summary] : cases)
    CHECK(summarise(event) == summary);
}
