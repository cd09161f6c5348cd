// SPDX-License-Identifier: LGPL-2.1-or-later
// The tables "guide_source", "guide_edition", "guide_channel" and "programme".
#include "store/guide.hpp"

#include "base/text.hpp"
#include "query.hpp"
#include "rows.hpp"
#include "sealing.hpp"

namespace relevo::store {
namespace {

using model::GuideChannel;
using model::GuideSource;
using model::GuideSourceId;
using model::Programme;

// So many are written before others may write.
constexpr std::size_t kRowsOfTransaction = 20'000;

constexpr std::string_view kSourceColumns =
    "name, location, enabled, user_agent, headers, proxy, refresh, priority, past_days, future_days";
constexpr std::string_view kReadSource =
    "SELECT name, unseal(location, 'guide_source.location', id), enabled, user_agent, "
    "unseal(headers, 'guide_source.headers', id), unseal(proxy, 'guide_source.proxy', id), refresh, "
    "priority, "
    "past_days, future_days, id FROM guide_source ";
constexpr std::string_view kSourcePlaces =
    "?, seal(?, 'guide_source.location', id), ?, ?, seal(?, 'guide_source.headers', id), "
    "seal(?, 'guide_source.proxy', id), ?, ?, ?, ?";

GuideSource read_source(const sqlite::Statement& row) {
  return {{row.column<std::int64_t>(10)},
          row.column<std::string>(0),
          row.column<std::string>(1),
          row.column<bool>(2),
          {row.column<std::string>(3), read_headers(row.column<std::string>(4)), row.column<std::string>(5)},
          row.column<std::string>(6),
          row.column<int>(7),
          row.column<int>(8),
          row.column<int>(9)};
}

std::string write_texts(const std::vector<std::string>& texts) {
  return Json(texts).dump();
}

} // namespace

std::vector<GuideSource> load_guide_sources(sqlite::Database& database) {
  sqlite::Statement row(database, concat(kReadSource, "ORDER BY name"));
  std::vector<GuideSource> sources;
  while (row.step())
    sources.push_back(read_source(row));
  return sources;
}

std::optional<GuideSource> find_guide_source(sqlite::Database& database, GuideSourceId id) {
  sqlite::Statement row(database, concat(kReadSource, "WHERE id = ?"));
  row.start(id.value);
  if (!row.step()) return std::nullopt;
  return read_source(row);
}

void save_guide_source(sqlite::Database& database, GuideSource& source) {
  sqlite::Statement statement(
      database, source.id ? concat("UPDATE guide_source SET (", kSourceColumns, ") = (", kSourcePlaces,
                                   ") WHERE id = ?")
                          : concat("INSERT INTO guide_source (", kSourceColumns, ", id) SELECT ",
                                   kSourcePlaces, ", coalesce(?, id) FROM ", next_id_of("guide_source")));
  statement.run(source.name, source.location, source.enabled, source.requests.user_agent,
                write_headers(source.requests.headers), source.requests.proxy, source.refresh,
                source.priority, source.past_days, source.future_days,
                source.id ? std::optional(source.id.value) : std::nullopt);
  if (!source.id) source.id = {database.last_insert_id()};
}

bool erase_guide_source(sqlite::Database& database, GuideSourceId id) {
  sqlite::Statement(database, "DELETE FROM guide_source WHERE id = ?").run(id.value);
  return database.changes() != 0;
}

RefreshState load_guide_state(sqlite::Database& database, GuideSourceId id) {
  sqlite::Statement row(database, concat("SELECT ", kStateColumns, " FROM guide_source WHERE id = ?"));
  row.start(id.value);
  return row.step() ? read_state(row) : RefreshState{};
}

void save_guide_state(sqlite::Database& database, GuideSourceId id, const RefreshState& state) {
  sqlite::Statement statement(
      database, concat("UPDATE guide_source SET (", kStateColumns, ") = (?,?,?,?,?,?,?) WHERE id = ?"));
  run_state(statement, state, id.value);
}

Slice<GuideChannel> list_guide_channels(const sqlite::Database& database, const GuideQuery& query) {
  static constexpr std::pair<std::string_view, std::string_view> kOrders[] = {
      {"id", "c.id"}, {"channel", "c.channel COLLATE NOCASE"}, {"source", "s.name COLLATE NOCASE"}};
  Query sql("c.id, s.id, c.channel, c.names, c.icon",
            "guide_source s JOIN guide_channel c ON c.edition = s.edition");
  if (query.source) sql.where("s.id = ?", query.source->value);
  if (!query.text.empty()) sql.where_like("c.channel || c.names", query.text);
  auto rows = sql.select(database, query.page, kOrders);
  Slice<GuideChannel> slice;
  while (rows.step())
    slice.items.push_back({{rows.column<std::int64_t>(0)},
                           {rows.column<std::int64_t>(1)},
                           rows.column<std::string>(2),
                           Json::parse(rows.column<std::string>(3)).get<std::vector<std::string>>(),
                           rows.column<std::string>(4)});
  slice.total = sql.count(database);
  return slice;
}

std::vector<Programme> load_programmes(const sqlite::Database& database, GuideSourceId source,
                                       const std::string& channel, model::Time from, model::Time until) {
  sqlite::Statement row(
      database, "SELECT p.start, p.stop, p.title, p.subtitle, p.description, p.details FROM guide_source s "
                "JOIN guide_channel c ON c.edition = s.edition AND c.channel = ? "
                "JOIN programme p ON p.guide_channel = c.id "
                "WHERE s.id = ? AND p.start < ? AND p.stop > ? ORDER BY p.start");
  row.start(channel, source.value, to_column(until), to_column(from));
  std::vector<Programme> programmes;
  while (row.step())
    programmes.push_back({model::Time(std::chrono::seconds(row.column<std::int64_t>(0))),
                          model::Time(std::chrono::seconds(row.column<std::int64_t>(1))),
                          row.column<std::string>(2), row.column<std::string>(3), row.column<std::string>(4),
                          row.column<std::string>(5)});
  return programmes;
}

std::vector<Edition> load_editions(sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT id, edition, refreshed_at FROM guide_source "
                                  "WHERE edition IS NOT NULL ORDER BY id");
  std::vector<Edition> editions;
  while (row.step())
    editions.push_back({{row.column<std::int64_t>(0)},
                        {row.column<std::int64_t>(1)},
                        to_time(row.column<std::optional<std::int64_t>>(2))});
  return editions;
}

std::int64_t count_programmes(const sqlite::Database& database, GuideSourceId source) {
  sqlite::Statement row(database,
                        "SELECT count(*) FROM guide_source s JOIN guide_channel c ON c.edition = s.edition "
                        "JOIN programme p ON p.guide_channel = c.id WHERE s.id = ?");
  row.start(source.value);
  row.step();
  return row.column<std::int64_t>(0);
}

EditionWriter::EditionWriter(sqlite::Database& database, GuideSourceId source)
    : database_(database),
      source_(source),
      insert_programme_(database,
                        "INSERT INTO programme (guide_channel, start, stop, title, subtitle, description, "
                        "details) VALUES (?,?,?,?,?,?,?)") {
  sqlite::Statement(database_, "INSERT INTO guide_edition (source) VALUES (?)").run(source.value);
  edition_ = {database_.last_insert_id()};
}

void EditionWriter::add_channel(std::string_view channel, const std::vector<std::string>& names,
                                std::string_view icon) {
  step();
  sqlite::Statement(database_, "INSERT INTO guide_channel (edition, channel, names, icon) VALUES (?,?,?,?) "
                               "ON CONFLICT DO UPDATE SET names = excluded.names, icon = excluded.icon")
      .run(edition_.value, channel, write_texts(names), icon);
  if (!channels_.contains(std::string(channel))) {
    sqlite::Statement row(database_, "SELECT id FROM guide_channel WHERE edition = ? AND channel = ?");
    row.start(edition_.value, channel);
    row.step();
    channels_[std::string(channel)] = row.column<std::int64_t>(0);
  }
}

void EditionWriter::add_programme(std::string_view channel, const Programme& programme) {
  step();
  const auto id = channel_id(channel);
  insert_programme_.run(id, to_column(programme.start), to_column(programme.stop), programme.title,
                        programme.subtitle, programme.description, programme.details);
  if (programme.stop == programme.start) endless_ = true;
  ++programmes_;
}

/// The programmes of a channel mostly follow each other.
std::int64_t EditionWriter::channel_id(std::string_view channel) {
  if (last_channel_id_ != 0 && last_channel_ == channel) return last_channel_id_;
  last_channel_ = channel;
  if (!channels_.contains(last_channel_)) add_channel(channel, {}, "");
  return last_channel_id_ = channels_.at(last_channel_);
}

void EditionWriter::step() {
  if (transaction_ && ++in_transaction_ >= kRowsOfTransaction) {
    transaction_->commit();
    transaction_.reset();
  }
  if (transaction_) return;
  transaction_.emplace(database_);
  in_transaction_ = 0;
}

void EditionWriter::finish() {
  if (endless_) {
    step();
    sqlite::Statement(
        database_, "UPDATE programme SET stop = coalesce((SELECT min(p.start) FROM programme p WHERE "
                   "p.guide_channel = programme.guide_channel AND p.start > programme.start), start + 3600) "
                   "WHERE stop = start AND guide_channel IN "
                   "(SELECT id FROM guide_channel WHERE edition = ?)")
        .run(edition_.value);
  }
  if (transaction_) transaction_->commit();
  transaction_.reset();
}

void EditionWriter::publish() {
  sqlite::Statement(database_, "UPDATE guide_source SET edition = ? WHERE id = ?")
      .run(edition_.value, source_.value);
}

bool sweep_editions(sqlite::Database& database, GuideSourceId source) {
  constexpr std::string_view kUnused =
      "SELECT e.id FROM guide_edition e JOIN guide_source s ON s.id = e.source "
      "WHERE s.id = ? AND e.id IS NOT s.edition";
  sqlite::Transaction transaction(database);
  sqlite::Statement(database,
                    concat("DELETE FROM programme WHERE id IN (SELECT p.id FROM guide_channel c JOIN "
                           "programme p ON p.guide_channel = c.id WHERE c.edition IN (",
                           kUnused, ") LIMIT ?)"))
      .run(source.value, kRowsOfTransaction);
  bool any = database.changes() != 0;
  if (!any) {
    sqlite::Statement(database, concat("DELETE FROM guide_edition WHERE id IN (", kUnused, ")"))
        .run(source.value);
    any = database.changes() != 0;
  }
  transaction.commit();
  return any;
}

} // namespace relevo::store
