// SPDX-License-Identifier: LGPL-2.1-or-later
// The tables "stream" and "stream_group".
#include "store/streams.hpp"

#include "base/text.hpp"
#include "query.hpp"
#include "rows.hpp"
#include "sealing.hpp"

namespace relevo::store {
namespace {

using model::Fingerprint;
using model::Found;
using model::Stream;

/// SQLite's integers have a sign.
std::int64_t to_column(std::uint64_t key) {
  return static_cast<std::int64_t>(key);
}

template <class... Last>
void write_found(sqlite::Statement& statement, const Found& found, model::GroupId group,
                 std::uint32_t position, const Fingerprint& print, Last... last) {
  const auto& keys = print.keys;
  statement.run(group.value, static_cast<int>(found.kind), position, to_column(keys[0]), to_column(keys[1]),
                to_column(keys[2]), to_column(keys[3]), to_column(keys[4]), print.group,
                to_column(print.content), found.name, found.url, found.provider_id, found.tvg_id, found.logo,
                found.number, found.archive_days, found.adult, found.details, last...);
}

constexpr std::string_view kFoundColumns =
    "stream_group, kind, position, provider_key, url_key, address_key, title_key, name_key, group_key, "
    "content, name, url, provider_id, tvg_id, logo, number, archive_days, adult, details";
constexpr std::string_view kFoundPlaces =
    "?,?,?,?,?,?,?,?,?,?,?,seal(?, 'stream.url', id),?,?,?,?,?,?,seal(?, 'stream.details', id)";

constexpr std::string_view kStreams = "stream s JOIN stream_group g ON g.id = s.stream_group";
constexpr std::string_view kReadStream =
    "SELECT s.account, s.kind, s.name, unseal(s.url, 'stream.url', s.id), s.provider_id, g.name, s.tvg_id, "
    "s.logo, "
    "s.number, s.archive_days, s.adult, unseal(s.details, 'stream.details', s.id), s.custom, s.score, "
    "s.missing_since, s.stream_profile, s.id FROM stream s JOIN stream_group g ON g.id = s.stream_group ";

std::string write_rule(const model::SyncRule& rule) {
  return Json{{"numbering", model::name_of(rule.numbering)},
              {"first", rule.first},
              {"last", rule.last},
              {"include", rule.include},
              {"exclude", rule.exclude},
              {"search", rule.search},
              {"replacement", rule.replacement},
              {"group", rule.group},
              {"merge", rule.merge}}
      .dump();
}

model::SyncRule read_rule(const std::string& text) {
  const auto json = Json::parse(text);
  return {model::find<model::Numbering>(json.at("numbering").get<std::string>())
              .value_or(model::Numbering::NextFree),
          json.at("first").get<std::uint32_t>(),
          json.at("last").get<std::uint32_t>(),
          json.at("include").get<std::string>(),
          json.at("exclude").get<std::string>(),
          json.at("search").get<std::string>(),
          json.at("replacement").get<std::string>(),
          json.at("group").get<std::string>(),
          json.at("merge").get<bool>()};
}

Stream read_stream(const sqlite::Statement& row) {
  Stream stream;
  stream.account = {row.column<std::int64_t>(0)};
  stream.kind = static_cast<model::StreamKind>(row.column<int>(1));
  stream.name = row.column<std::string>(2);
  stream.url = row.column<std::string>(3);
  stream.provider_id = row.column<std::string>(4);
  stream.group = row.column<std::string>(5);
  stream.tvg_id = row.column<std::string>(6);
  stream.logo = row.column<std::string>(7);
  stream.number = row.column<std::string>(8);
  stream.archive_days = row.column<int>(9);
  stream.adult = row.column<bool>(10);
  stream.details = row.column<std::string>(11);
  stream.custom = row.column<std::string>(12);
  stream.score = row.column<std::optional<double>>(13);
  stream.missing_since = to_time(row.column<std::optional<std::int64_t>>(14));
  if (const auto profile = row.column<std::optional<std::int64_t>>(15)) stream.stream_profile = {*profile};
  stream.id = {row.column<std::int64_t>(16)};
  return stream;
}

/// Few streams have a past, so they are looked up first, and the list is not searched.
void add_past(Query& sql, const StreamQuery& query) {
  constexpr std::string_view kMeasured = "IN (SELECT stream FROM stream_measured";
  if (query.measured) sql.where(concat("s.id ", *query.measured ? "" : "NOT ", kMeasured, ")"));
  if (!query.codec.empty()) sql.where(concat("s.id ", kMeasured, " WHERE codec = ?)"), query.codec);
  if (query.min_height) sql.where(concat("s.id ", kMeasured, " WHERE height >= ?)"), *query.min_height);
  if (const auto& asked = query.penalised)
    sql.where(concat("s.id ", asked->wanted ? "" : "NOT ",
                     "IN (SELECT stream FROM stream_penalty WHERE points * pow(0.5, (? - at_ms) / ?) >= ?)"),
              asked->now.time_since_epoch().count(), static_cast<double>(asked->half_life.count()),
              asked->least);
}

std::optional<std::string> write_rule(const std::optional<model::SyncRule>& rule) {
  return rule ? std::optional(write_rule(*rule)) : std::nullopt;
}

constexpr std::string_view kReadGroup = "SELECT id, account, kind, name, wanted, sync FROM stream_group ";

model::Group read_group(const sqlite::Statement& row) {
  const auto rule = row.column<std::optional<std::string>>(5);
  return {{row.column<std::int64_t>(0)},
          {row.column<std::int64_t>(1)},
          static_cast<model::StreamKind>(row.column<int>(2)),
          row.column<std::string>(3),
          row.column<bool>(4),
          rule ? std::optional(read_rule(*rule)) : std::nullopt};
}

} // namespace

std::vector<model::Group> load_groups(sqlite::Database& database, model::AccountId account) {
  sqlite::Statement row(database, concat(kReadGroup, "WHERE account = ? ORDER BY kind, name"));
  row.start(account.value);
  std::vector<model::Group> groups;
  while (row.step())
    groups.push_back(read_group(row));
  return groups;
}

std::map<model::GroupId, std::int64_t> count_streams(sqlite::Database& database, model::AccountId account) {
  sqlite::Statement row(database,
                        "SELECT g.id, (SELECT COUNT(*) FROM stream s WHERE s.stream_group = g.id AND "
                        "s.missing_since IS NULL) FROM stream_group g WHERE g.account = ?");
  row.start(account.value);
  std::map<model::GroupId, std::int64_t> counts;
  while (row.step())
    counts[{row.column<std::int64_t>(0)}] = row.column<std::int64_t>(1);
  return counts;
}

std::optional<model::Group> find_group(sqlite::Database& database, model::GroupId id) {
  sqlite::Statement row(database, concat(kReadGroup, "WHERE id = ?"));
  row.start(id.value);
  if (!row.step()) return std::nullopt;
  return read_group(row);
}

model::GroupId insert_group(sqlite::Database& database, const model::Group& group) {
  sqlite::Statement statement(
      database, "INSERT INTO stream_group (account, kind, name, wanted, sync) VALUES (?,?,?,?,?)");
  statement.run(group.account.value, static_cast<int>(group.kind), group.name, group.wanted,
                write_rule(group.sync));
  return {database.last_insert_id()};
}

bool set_group_wanted(sqlite::Database& database, model::GroupId id, bool wanted) {
  sqlite::Statement(
      database,
      "UPDATE account SET validator = '' WHERE id = (SELECT account FROM stream_group WHERE id = ?)")
      .run(id.value);
  sqlite::Statement(database, "UPDATE stream_group SET wanted = ? WHERE id = ?").run(wanted, id.value);
  return database.changes() != 0;
}

bool set_custom(sqlite::Database& database, model::StreamId id, const std::string& custom) {
  sqlite::Statement(database, "UPDATE stream SET custom = ? WHERE id = ?").run(custom, id.value);
  return database.changes() != 0;
}

bool set_stream_profile(sqlite::Database& database, model::StreamId id,
                        std::optional<model::StreamProfileId> profile) {
  sqlite::Statement(database, "UPDATE stream SET stream_profile = ? WHERE id = ?")
      .run(profile ? std::optional(profile->value) : std::nullopt, id.value);
  return database.changes() != 0;
}

bool set_group_sync(sqlite::Database& database, model::GroupId id,
                    const std::optional<model::SyncRule>& rule) {
  sqlite::Statement(database, "UPDATE stream_group SET sync = ? WHERE id = ?")
      .run(write_rule(rule), id.value);
  return database.changes() != 0;
}

std::vector<model::KnownStream> load_fingerprints(sqlite::Database& database, model::AccountId account) {
  sqlite::Statement row(
      database, "SELECT id, kind, missing_since IS NOT NULL, position, provider_key, url_key, address_key, "
                "title_key, name_key, group_key, content FROM stream WHERE account = ? ORDER BY id");
  row.start(account.value);
  std::vector<model::KnownStream> streams;
  while (row.step()) {
    auto& stream = streams.emplace_back();
    stream.id = {row.column<std::int64_t>(0)};
    stream.kind = static_cast<model::StreamKind>(row.column<int>(1));
    stream.missing = row.column<bool>(2);
    stream.position = row.column<std::uint32_t>(3);
    for (int i = 0; i < static_cast<int>(model::kLikenesses); ++i)
      stream.print.keys[static_cast<std::size_t>(i)] =
          static_cast<std::uint64_t>(row.column<std::int64_t>(4 + i));
    stream.print.group = row.column<std::uint32_t>(9);
    stream.print.content = static_cast<std::uint64_t>(row.column<std::int64_t>(10));
  }
  return streams;
}

std::optional<Stream> find_stream(sqlite::Database& database, model::StreamId id) {
  sqlite::Statement row(database, concat(kReadStream, "WHERE s.id = ?"));
  row.start(id.value);
  if (!row.step()) return std::nullopt;
  return read_stream(row);
}

std::vector<Stream> load_custom_streams(sqlite::Database& database) {
  sqlite::Statement row(
      database, concat(kReadStream, "WHERE s.custom <> '{}' OR s.stream_profile IS NOT NULL ORDER BY s.id"));
  std::vector<Stream> streams;
  while (row.step())
    streams.push_back(read_stream(row));
  return streams;
}

Slice<Stream> list_streams(const sqlite::Database& database, const StreamQuery& query) {
  static constexpr std::pair<std::string_view, std::string_view> kOrders[] = {
      {"id", "s.id"},
      {"name", "s.name COLLATE NOCASE"},
      {"number", "CAST(s.number AS REAL)"},
      {"position", "s.position"},
      {"group", "g.name COLLATE NOCASE"},
      {"account", "s.account"},
      {"score", "s.score"},
  };
  Query sql("s.id", kStreams);
  if (query.account) sql.where("s.account = ?", query.account->value);
  if (query.group) sql.where("s.stream_group = ?", query.group->value);
  if (query.kind) sql.where("s.kind = ?", static_cast<std::int64_t>(*query.kind));
  if (query.missing) sql.where(*query.missing ? "s.missing_since IS NOT NULL" : "s.missing_since IS NULL");
  if (query.used)
    sql.where(
        concat(*query.used ? "" : "NOT ", "EXISTS (SELECT 1 FROM channel_stream c WHERE c.stream = s.id)"));
  if (!query.text.empty()) sql.where_like("s.name", query.text);
  add_past(sql, query);
  auto rows = sql.select(database, query.page, kOrders);
  Slice<Stream> slice;
  // What is sorted is not read before it is known to be on the page.
  sqlite::Statement row(database, concat(kReadStream, "WHERE s.id = ?"));
  while (rows.step()) {
    row.start(rows.column<std::int64_t>(0));
    if (row.step()) slice.items.push_back(read_stream(row));
  }
  slice.total = sql.count(database);
  return slice;
}

std::vector<SyncStream> load_sync_streams(sqlite::Database& database) {
  sqlite::Statement row(
      database, "SELECT s.id, s.stream_group, s.position, s.missing_since IS NOT NULL OR NOT a.enabled, "
                "s.name, s.tvg_id, s.logo, s.number FROM stream s "
                "JOIN stream_group g ON g.id = s.stream_group JOIN account a ON a.id = s.account "
                "WHERE g.wanted AND g.sync IS NOT NULL AND s.kind = ? "
                "ORDER BY a.priority DESC, a.id, s.id");
  row.start(static_cast<int>(model::StreamKind::Live));
  std::vector<SyncStream> streams;
  while (row.step())
    streams.push_back({{row.column<std::int64_t>(0)},
                       {row.column<std::int64_t>(1)},
                       row.column<std::uint32_t>(2),
                       row.column<bool>(3),
                       row.column<std::string>(4),
                       row.column<std::string>(5),
                       row.column<std::string>(6),
                       row.column<std::string>(7)});
  return streams;
}

std::size_t erase_streams_missing_since(sqlite::Database& database, model::AccountId account,
                                        model::Time horizon) {
  sqlite::Statement statement(database, "DELETE FROM stream WHERE account = ? AND missing_since < ?");
  statement.run(account.value, to_column(horizon));
  return static_cast<std::size_t>(database.changes());
}

StreamWriter::StreamWriter(sqlite::Database& database, model::AccountId account)
    : account_(account),
      insert_(database, concat("INSERT INTO stream (", kFoundColumns, ", account, id) SELECT ", kFoundPlaces,
                               ", ?, id FROM ", next_id_of("stream"))),
      update_(database,
              concat("UPDATE stream SET (", kFoundColumns, ") = (", kFoundPlaces, ") WHERE id = ?")),
      set_missing_(database, "UPDATE stream SET missing_since = ? WHERE id = ?"),
      set_position_(database, "UPDATE stream SET position = ? WHERE id = ?") {}

void StreamWriter::insert(const Found& found, model::GroupId group, std::uint32_t position,
                          const Fingerprint& print) {
  write_found(insert_, found, group, position, print, account_.value);
}

void StreamWriter::update(model::StreamId id, const Found& found, model::GroupId group,
                          std::uint32_t position, const Fingerprint& print) {
  write_found(update_, found, group, position, print, id.value);
}

void StreamWriter::set_missing(model::StreamId id, std::optional<model::Time> since) {
  set_missing_.run(to_column(since), id.value);
}

void StreamWriter::set_position(model::StreamId id, std::uint32_t position) {
  set_position_.run(position, id.value);
}

} // namespace relevo::store
