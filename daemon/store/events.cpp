// SPDX-License-Identifier: LGPL-2.1-or-later
// The table "event".
#include "store/events.hpp"

#include "query.hpp"

#include <array>

namespace relevo::store {
namespace {

using model::Moment;
using model::PastEvent;

std::int64_t to_column(Moment at) {
  return at.time_since_epoch().count();
}

template <class T>
std::optional<std::int64_t> to_column(const std::optional<Id<T>>& id) {
  return id ? std::optional(id->value) : std::nullopt;
}

template <class T>
std::optional<Id<T>> read_id(const sqlite::Statement& row, int column) {
  const auto value = row.column<std::optional<std::int64_t>>(column);
  return value ? std::optional(Id<T>{*value}) : std::nullopt;
}

constexpr std::string_view kColumns =
    "id, at_ms, kind, channel, account, stream, session, subject, summary, evidence";

PastEvent read_event(const sqlite::Statement& row) {
  return {{row.column<std::int64_t>(0)},   Moment(std::chrono::milliseconds(row.column<std::int64_t>(1))),
          row.column<std::string>(2),      read_id<model::Channel>(row, 3),
          read_id<model::Account>(row, 4), read_id<model::Stream>(row, 5),
          row.column<std::uint64_t>(6),    row.column<std::string>(7),
          row.column<std::string>(8),      row.column<std::string>(9)};
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 1> kOrders = {{{"newest", "id DESC"}}};

Query make_query(const EventQuery& wanted) {
  Query query(kColumns, "event");
  if (!wanted.kind.empty()) query.where("kind = ?", wanted.kind);
  if (wanted.viewers) query.where(*wanted.viewers ? "kind GLOB 'viewer-*'" : "kind NOT GLOB 'viewer-*'");
  if (!wanted.subject.empty()) query.where("subject = ? COLLATE NOCASE", wanted.subject);
  if (wanted.channel) query.where("channel = ?", wanted.channel->value);
  if (wanted.account) query.where("account = ?", wanted.account->value);
  if (wanted.session) query.where("session > 0 AND session = ?", static_cast<std::int64_t>(*wanted.session));
  if (wanted.after) query.where("id > ?", wanted.after->value);
  if (wanted.earlier) query.where("id < ?", wanted.earlier->value);
  if (wanted.since) query.where("at_ms >= ?", to_column(*wanted.since));
  if (wanted.before) query.where("at_ms < ?", to_column(*wanted.before));
  return query;
}

} // namespace

void insert_event(sqlite::Database& database, const PastEvent& event) {
  sqlite::Statement(database, "INSERT INTO event (at_ms, kind, channel, account, stream, session, subject, "
                              "summary, evidence) VALUES (?,?,?,?,?,?,?,?,?)")
      .run(to_column(event.at), event.kind, to_column(event.channel), to_column(event.account),
           to_column(event.stream), event.session, event.subject, event.summary, event.evidence);
}

Slice<PastEvent> list_events(const sqlite::Database& database, const EventQuery& wanted) {
  const Query query = make_query(wanted);
  Page page = wanted.page;
  page.sort.clear();
  page.descending = false;
  Slice<PastEvent> slice;
  auto rows = query.select(database, page, kOrders);
  while (rows.step())
    slice.items.push_back(read_event(rows));
  slice.total = query.count(database);
  return slice;
}

std::uint64_t last_session(const sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT max(session) FROM event WHERE session > 0");
  row.step();
  return row.column<std::uint64_t>(0);
}

std::int64_t trim_events(sqlite::Database& database, const EventLimits& limits, std::int64_t step) {
  // Numbers are given one after the other, so the newest of them are those above the last one less their
  // count.
  sqlite::Statement(database,
                    "DELETE FROM event WHERE id IN (SELECT id FROM event WHERE id <= (SELECT max(id) FROM "
                    "event) - ? LIMIT ?)")
      .run(limits.most, step);
  const auto surplus = database.changes();
  sqlite::Statement(database, "DELETE FROM event WHERE id IN (SELECT id FROM event WHERE at_ms < ? LIMIT ?)")
      .run(to_column(limits.horizon), step - surplus);
  return surplus + database.changes();
}

} // namespace relevo::store
