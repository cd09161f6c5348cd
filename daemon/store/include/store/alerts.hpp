// SPDX-License-Identifier: LGPL-2.1-or-later
// Alerts in the database. All functions throw sqlite::Failure.
#pragma once

#include "model/alert.hpp"
#include "sqlite/database.hpp"

namespace relevo::store {

/// The same thing is told once: where an alert of that kind about the same is open, it tells this from now
/// on. It stays acknowledged while it tells the same.
void raise_alert(sqlite::Database& database, model::Alert& alert);
/// Those of an account that are open, or of a guide: what they told is over.
void close_alerts(sqlite::Database& database, model::AccountId account, model::Time now);
void close_alerts(sqlite::Database& database, model::GuideSourceId source, model::Time now);
/// Those of that kind about a channel, or a login.
void close_alerts(sqlite::Database& database, const std::string& kind, model::ChannelId channel,
                  model::Time now);
void close_alerts(sqlite::Database& database, const std::string& kind, model::LoginId login, model::Time now);
/// False: there is none that is open and not acknowledged.
bool acknowledge_alert(sqlite::Database& database, model::AlertId id, model::Time now);
bool close_alert(sqlite::Database& database, model::AlertId id, model::Time now);
/// The newest first; closed ones too where they are asked for.
[[nodiscard]] std::vector<model::Alert> load_alerts(sqlite::Database& database, bool with_closed);

} // namespace relevo::store
