// SPDX-License-Identifier: LGPL-2.1-or-later
// What plays now, and what happens to it, in JSON.
#pragma once

#include "admin/fields.hpp"
#include "sessions/event.hpp"
#include "slots/ledger.hpp"

namespace relevo::admin {

/// "event" names what happened; members that say nothing are left out.
[[nodiscard]] Json write_event(const sessions::Event& event);

[[nodiscard]] Json write_session(const sessions::SessionView& session);
[[nodiscard]] Json session_schema();

[[nodiscard]] Json write_lease(const slots::Ledger::Entry& lease, slots::Time now);
[[nodiscard]] Json lease_schema();

} // namespace relevo::admin
