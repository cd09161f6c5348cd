// SPDX-License-Identifier: LGPL-2.1-or-later
// The table "alert".
#include "store/alerts.hpp"

#include "rows.hpp"

namespace relevo::store {
namespace {

using model::Alert;

template <class T>
std::optional<std::int64_t> to_column(const std::optional<Id<T>>& id) {
  return id ? std::optional(id->value) : std::nullopt;
}

template <class T>
std::optional<Id<T>> to_id(const std::optional<std::int64_t>& value) {
  return value ? std::optional(Id<T>{*value}) : std::nullopt;
}

void insert(sqlite::Database& database, Alert& alert) {
  sqlite::Statement(database, "INSERT INTO alert (raised_at, kind, account, guide_source, message, details, "
                              "channel, login) VALUES (?,?,?,?,?,?,?,?)")
      .run(store::to_column(alert.raised), alert.kind, to_column(alert.account),
           to_column(alert.guide_source), alert.message, alert.details, to_column(alert.channel),
           to_column(alert.login));
  alert.id = {database.last_insert_id()};
}

/// The alert becomes the open one about the same. False: there is none.
bool adopt_open(sqlite::Database& database, Alert& alert) {
  sqlite::Statement open(
      database, "SELECT id, message, acknowledged_at FROM alert WHERE closed_at IS NULL AND kind = ? "
                "AND account IS ? AND guide_source IS ? AND channel IS ? AND login IS ?");
  open.start(alert.kind, to_column(alert.account), to_column(alert.guide_source), to_column(alert.channel),
             to_column(alert.login));
  if (!open.step()) return false;
  alert.id = {open.column<std::int64_t>(0)};
  if (open.column<std::string_view>(1) == alert.message)
    alert.acknowledged = to_time(open.column<std::optional<std::int64_t>>(2));
  return true;
}

} // namespace

void raise_alert(sqlite::Database& database, Alert& alert) {
  if (!adopt_open(database, alert)) return insert(database, alert);
  sqlite::Statement(database, "UPDATE alert SET raised_at = ?, message = ?, details = ?, acknowledged_at = ? "
                              "WHERE id = ?")
      .run(store::to_column(alert.raised), alert.message, alert.details, store::to_column(alert.acknowledged),
           alert.id.value);
}

void close_alerts(sqlite::Database& database, model::AccountId account, model::Time now) {
  sqlite::Statement(
      database, "UPDATE alert SET closed_at = ? WHERE account = ? AND login IS NULL AND closed_at IS NULL")
      .run(store::to_column(now), account.value);
}

void close_alerts(sqlite::Database& database, model::GuideSourceId source, model::Time now) {
  sqlite::Statement(database, "UPDATE alert SET closed_at = ? WHERE guide_source = ? AND closed_at IS NULL")
      .run(store::to_column(now), source.value);
}

void close_alerts(sqlite::Database& database, const std::string& kind, model::ChannelId channel,
                  model::Time now) {
  sqlite::Statement(database,
                    "UPDATE alert SET closed_at = ? WHERE kind = ? AND channel = ? AND closed_at IS NULL")
      .run(store::to_column(now), kind, channel.value);
}

void close_alerts(sqlite::Database& database, const std::string& kind, model::LoginId login,
                  model::Time now) {
  sqlite::Statement(database,
                    "UPDATE alert SET closed_at = ? WHERE kind = ? AND login = ? AND closed_at IS NULL")
      .run(store::to_column(now), kind, login.value);
}

bool acknowledge_alert(sqlite::Database& database, model::AlertId id, model::Time now) {
  sqlite::Statement(database, "UPDATE alert SET acknowledged_at = ? WHERE id = ? AND closed_at IS NULL AND "
                              "acknowledged_at IS NULL")
      .run(store::to_column(now), id.value);
  return database.changes() != 0;
}

bool close_alert(sqlite::Database& database, model::AlertId id, model::Time now) {
  sqlite::Statement(database, "UPDATE alert SET closed_at = ? WHERE id = ? AND closed_at IS NULL")
      .run(store::to_column(now), id.value);
  return database.changes() != 0;
}

std::vector<Alert> load_alerts(sqlite::Database& database, bool with_closed) {
  sqlite::Statement row(database,
                        "SELECT id, raised_at, kind, account, guide_source, message, details, closed_at, "
                        "acknowledged_at, channel, login "
                        "FROM alert WHERE ? OR closed_at IS NULL ORDER BY raised_at DESC, id DESC");
  row.start(with_closed);
  std::vector<Alert> alerts;
  while (row.step())
    alerts.push_back({{row.column<std::int64_t>(0)},
                      model::Time(std::chrono::seconds(row.column<std::int64_t>(1))),
                      row.column<std::string>(2),
                      to_id<model::Account>(row.column<std::optional<std::int64_t>>(3)),
                      to_id<model::GuideSource>(row.column<std::optional<std::int64_t>>(4)),
                      row.column<std::string>(5),
                      row.column<std::string>(6),
                      to_time(row.column<std::optional<std::int64_t>>(7)),
                      to_time(row.column<std::optional<std::int64_t>>(8)),
                      to_id<model::Channel>(row.column<std::optional<std::int64_t>>(9)),
                      to_id<model::Login>(row.column<std::optional<std::int64_t>>(10))});
  return alerts;
}

} // namespace relevo::store
