// SPDX-License-Identifier: LGPL-2.1-or-later
// One table. Viewers see nothing that a provider's password may stand in: no streams, accounts and sessions.
#include "admin/ranks.hpp"

#include <array>

namespace relevo::admin {
namespace {

using net::Access;

struct Rank {
  std::string_view path; // and what is below it
  Access read;
  Access change;
};

/// The first that fits.
constexpr std::array kRanks = {
    Rank{"/api/v1/setup", Access::Anyone, Access::Anyone}, // looks itself at who asks
    Rank{"/api/v1/login", Access::Anyone, Access::Anyone},
    Rank{"/api/v1/logout", Access::Viewer, Access::Viewer},
    Rank{"/api/v1/me", Access::Viewer, Access::Viewer},
    Rank{"/api/v1/openapi.json", Access::Viewer, Access::Administrator},
    Rank{"/api/v1/channels", Access::Viewer, Access::Operator},
    Rank{"/api/v1/channel-groups", Access::Operator, Access::Operator},
    Rank{"/api/v1/channel-ids", Access::Operator, Access::Operator},
    Rank{"/api/v1/channel-reviews", Access::Operator, Access::Operator},
    Rank{"/api/v1/channel-twins", Access::Operator, Access::Operator},
    Rank{"/api/v1/profiles", Access::Viewer, Access::Operator},
    Rank{"/api/v1/guide-grid", Access::Viewer, Access::Operator},
    Rank{"/api/v1/guide-channels", Access::Viewer, Access::Operator},
    Rank{"/api/v1/guide-programmes", Access::Viewer, Access::Operator},
    Rank{"/api/v1/guide-reviews", Access::Operator, Access::Operator},
    Rank{"/api/v1/dummy-rules", Access::Operator, Access::Operator},
    Rank{"/api/v1/streams", Access::Operator, Access::Operator},
    Rank{"/api/v1/groups", Access::Operator, Access::Operator},
    Rank{"/api/v1/accounts/{id}/refresh", Access::Operator, Access::Operator},
    Rank{"/api/v1/accounts/{account}/dry-run", Access::Operator, Access::Operator},
    Rank{"/api/v1/accounts", Access::Operator, Access::Administrator},
    Rank{"/api/v1/guides/{id}/refresh", Access::Operator, Access::Operator},
    Rank{"/api/v1/guides", Access::Operator, Access::Administrator},
    Rank{"/api/v1/alerts", Access::Operator, Access::Operator},
    Rank{"/api/v1/sessions", Access::Operator, Access::Operator},
    Rank{"/api/v1/viewers", Access::Operator, Access::Operator},
    Rank{"/api/v1/leases", Access::Operator, Access::Operator},
    Rank{"/api/v1/figures", Access::Operator, Access::Operator},
    Rank{"/api/v1/events", Access::Operator, Access::Operator},
    Rank{"/api/v1/history", Access::Operator, Access::Operator},
    Rank{"/api/v1/log", Access::Operator, Access::Administrator},
    Rank{"/api/v1/stream-profiles", Access::Operator, Access::Administrator}, // they run programs
    Rank{"/metrics", Access::Operator, Access::Operator},
    Rank{"/status", Access::Operator, Access::Operator},
    Rank{"/force_switch", Access::Operator, Access::Operator},
    Rank{"/refresh_db_cache", Access::Operator, Access::Operator},
};

bool covers(std::string_view above, std::string_view path) noexcept {
  return path.starts_with(above) && (path.size() == above.size() || path[above.size()] == '/');
}

} // namespace

Access access_for(net::Method method, std::string_view path) noexcept {
  for (const Rank& rank : kRanks)
    if (covers(rank.path, path)) return method == net::Method::Get ? rank.read : rank.change;
  return Access::Administrator;
}

std::string_view name_of(Access access) noexcept {
  switch (access) {
  case Access::Anyone: return "anyone";
  case Access::Player: return "player";
  case Access::Viewer: return "viewer";
  case Access::Operator: return "operator";
  case Access::Administrator: return "administrator";
  case Access::Local: return "local";
  }
  return "";
}

} // namespace relevo::admin
