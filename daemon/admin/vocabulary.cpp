// SPDX-License-Identifier: LGPL-2.1-or-later
#include "vocabulary.hpp"

#include "access/summary.hpp"
#include "admin/operation.hpp"
#include "catalog/report_json.hpp"
#include "policy/failover.hpp"
#include "sessions/event.hpp"
#include "sources/trouble.hpp"

#include <algorithm>

namespace relevo::admin {
namespace {

using Words = std::vector<std::string_view>;

/// The names of an enumeration, from its first to `last`; what has none says nothing.
template <class E>
Words names_up_to(E last) {
  Words names;
  for (auto value = 0; value <= static_cast<int>(last); ++value)
    if (const auto name = name_of(static_cast<E>(value)); !name.empty()) names.push_back(name);
  return names;
}

Words event_kinds() {
  Words kinds = names_up_to(sessions::Happening::ViewerLeft);
  std::ranges::copy(access::event_kinds(), std::back_inserter(kinds));
  for (const auto own : {"refreshed", "alert-raised", "alert-closed", "daemon-started", "daemon-ended"})
    kinds.emplace_back(own);
  return kinds;
}

const Words kAlertKinds = {"losses", "failed", "no-source", "login-expires", "login-expired"};

// tests/web/api_types_test.py holds these three against the code.

/// As fanout, HLS and sessions tell it.
const Words kLeaveReasons = {"removed", "hung-up", "stalled", "ended",
                             "stopped", "failed",  "silent",  "replaced"};

/// Of a login or a request that was refused.
const Words kAccessReasons = {"network",       "disabled",   "role",         "origin",
                              "csrf",          "local-only", "login-needed", "wrong-credentials",
                              "too-many-tries"};

const Words kErrorCodes = {"abandoned",
                           "bad-form",
                           "bad-url",
                           "body-too-large",
                           "busy",
                           "conflict",
                           "csrf",
                           "database",
                           "disabled",
                           "failed",
                           "forbidden",
                           "gone",
                           "headers-too-large",
                           "host",
                           "internal",
                           "invalid",
                           "last-administrator",
                           "local-only",
                           "login-needed",
                           "method-not-allowed",
                           "network",
                           "no-room",
                           "no-space",
                           "no-logo",
                           "no-such-range",
                           "not-found",
                           "numbers-changed",
                           "origin",
                           "role",
                           "running",
                           "set-up",
                           "too-many-connections",
                           "too-many-streams",
                           "too-many-tries",
                           "unavailable",
                           "websocket-only",
                           "wrong-content-type",
                           "wrong-credentials"};

Json enumeration(const Words& words) {
  return {{"type", "string"}, {"enum", words}};
}

Json describe_error() {
  const Json text = {{"type", "string"}};
  return {{"type", "object"},
          {"properties",
           {{"error",
             {{"type", "object"},
              {"properties",
               {{"code", text},
                {"message", text},
                {"where", text},
                {"flaw", text},
                {"figures", {{"type", "object"}}}}},
              {"required", {"code", "message"}}}}}}};
}

} // namespace

Json describe_words() {
  return {{"Error", describe_error()},
          {"ErrorCode", enumeration(kErrorCodes)},
          {"Flaw", enumeration(names_up_to(Flaw::Taken))},
          {"EventKind", enumeration(event_kinds())},
          {"AlertKind", enumeration(kAlertKinds)},
          {"AccessReason", enumeration(kAccessReasons)},
          {"LeaveReason", enumeration(kLeaveReasons)},
          {"SourceReason", enumeration(names_up_to(policy::Reason::Return))},
          {"SourceFailure", enumeration(names_up_to(policy::Failure::NoVideo))},
          {"SessionCause", enumeration(names_up_to(sessions::Cause::Misasked))},
          {"SlotLevel", enumeration(names_up_to(slots::Level::Global))},
          {"RefreshOutcome", enumeration(names_up_to(catalog::Outcome::Failed))},
          {"RefreshObjection", enumeration(names_up_to(catalog::Objection::Cut))},
          {"RefreshCause", enumeration(names_up_to(sources::Cause::Cancelled))}};
}

bool is_event_kind(std::string_view name) {
  static const Words kKinds = event_kinds();
  return std::ranges::find(kKinds, name) != kKinds.end();
}

} // namespace relevo::admin
