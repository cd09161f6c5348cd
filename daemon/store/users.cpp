// SPDX-License-Identifier: LGPL-2.1-or-later
// The tables "user", "user_profile", "api_key" and "web_session".
#include "store/users.hpp"

#include "base/text.hpp"
#include "rows.hpp"
#include "sealing.hpp"
#include "store/channels.hpp"
#include "store/profiles.hpp"

namespace relevo::store {
namespace {

using model::ApiKey;
using model::ApiKeyId;
using model::ProfileId;
using model::Role;
using model::Time;
using model::User;
using model::UserId;
using model::WebSession;

constexpr std::string_view kUserColumns = "id, name, role, enabled, password, unseal(stream_token, "
                                          "'user.stream_token', id), streams, all_channels, "
                                          "networks, priority";
constexpr std::string_view kWrittenColumns =
    "name, role, enabled, password, stream_token, streams, all_channels, networks, priority";
constexpr std::string_view kWrittenPlaces = "?,?,?,?,seal(?, 'user.stream_token', id),?,?,?,?";

/// What has no name any more may least.
Role read_role(const std::string& name) {
  return model::find<Role>(name).value_or(Role::Viewer);
}

Time read_time(const sqlite::Statement& row, int index) {
  return Time(std::chrono::seconds(row.column<std::int64_t>(index)));
}

std::vector<ProfileId> load_profiles_of(sqlite::Database& database, UserId user) {
  sqlite::Statement row(database, "SELECT profile FROM user_profile WHERE user = ? ORDER BY profile");
  row.start(user.value);
  std::vector<ProfileId> profiles;
  while (row.step())
    profiles.push_back({row.column<std::int64_t>(0)});
  return profiles;
}

User read_user(sqlite::Database& database, const sqlite::Statement& row) {
  User user;
  user.id = {row.column<std::int64_t>(0)};
  user.name = row.column<std::string>(1);
  user.role = read_role(row.column<std::string>(2));
  user.enabled = row.column<bool>(3);
  user.password = row.column<std::string>(4);
  user.stream_token = row.column<std::string>(5);
  user.streams = row.column<int>(6);
  if (!row.column<bool>(7)) user.profiles = load_profiles_of(database, user.id);
  user.networks = Json::parse(row.column<std::string>(8)).get<std::vector<std::string>>();
  user.priority = row.column<int>(9);
  return user;
}

template <class Key>
std::optional<User> find_by(sqlite::Database& database, std::string_view column, const Key& key) {
  sqlite::Statement row(database, concat("SELECT ", kUserColumns, " FROM user WHERE ", column, " = ?"));
  row.start(key);
  if (!row.step()) return std::nullopt;
  return read_user(database, row);
}

} // namespace

std::vector<User> load_users(sqlite::Database& database) {
  sqlite::Statement row(database, concat("SELECT ", kUserColumns, " FROM user ORDER BY name"));
  std::vector<User> users;
  while (row.step())
    users.push_back(read_user(database, row));
  return users;
}

std::optional<User> find_user(sqlite::Database& database, UserId id) {
  return find_by(database, "id", id.value);
}

std::optional<User> find_user(sqlite::Database& database, std::string_view name) {
  return find_by(database, "name", name);
}

bool sees(sqlite::Database& database, const User& user, model::ChannelId channel) {
  return !user.profiles || have_channel(database, *user.profiles, channel);
}

std::optional<model::Channel> find_seen_channel(sqlite::Database& database, const User& user,
                                                std::optional<std::int64_t> id) {
  auto channel = id ? find_channel(database, model::ChannelId{*id}) : std::nullopt;
  const bool seen = channel && !channel->hidden && sees(database, user, channel->id);
  return seen ? channel : std::nullopt;
}

void save_user(sqlite::Database& database, User& user) {
  sqlite::Statement(database, user.id ? concat("UPDATE user SET (", kWrittenColumns, ") = (", kWrittenPlaces,
                                               ") WHERE id = ?")
                                      : concat("INSERT INTO user (", kWrittenColumns, ", id) SELECT ",
                                               kWrittenPlaces, ", coalesce(?, id) FROM ", next_id_of("user")))
      .run(user.name, model::name_of(user.role), user.enabled, user.password, user.stream_token, user.streams,
           !user.profiles, Json(user.networks).dump(), user.priority,
           user.id ? std::optional(user.id.value) : std::nullopt);
  if (!user.id) user.id = {database.last_insert_id()};
  sqlite::Statement(database, "DELETE FROM user_profile WHERE user = ?").run(user.id.value);
  if (!user.profiles) return;
  sqlite::Statement insert(database, "INSERT INTO user_profile (user, profile) VALUES (?,?)");
  for (const auto profile : *user.profiles)
    insert.run(user.id.value, profile.value);
}

bool erase_user(sqlite::Database& database, UserId id) {
  sqlite::Statement(database, "DELETE FROM user WHERE id = ?").run(id.value);
  return database.changes() != 0;
}

std::vector<ApiKey> load_api_keys(sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT id, name, role, hash, made_at FROM api_key ORDER BY name");
  std::vector<ApiKey> keys;
  while (row.step())
    keys.push_back({{row.column<std::int64_t>(0)},
                    row.column<std::string>(1),
                    read_role(row.column<std::string>(2)),
                    row.column<std::string>(3),
                    read_time(row, 4)});
  return keys;
}

void add_api_key(sqlite::Database& database, ApiKey& key) {
  sqlite::Statement(database, "INSERT INTO api_key (name, role, hash, made_at) VALUES (?,?,?,?)")
      .run(key.name, model::name_of(key.role), key.hash, to_column(key.made));
  key.id = {database.last_insert_id()};
}

bool erase_api_key(sqlite::Database& database, ApiKeyId id) {
  sqlite::Statement(database, "DELETE FROM api_key WHERE id = ?").run(id.value);
  return database.changes() != 0;
}

std::vector<WebSession> load_web_sessions(sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT hash, user, made_at, used_at FROM web_session ORDER BY made_at");
  std::vector<WebSession> sessions;
  while (row.step())
    sessions.push_back(
        {row.column<std::string>(0), {row.column<std::int64_t>(1)}, read_time(row, 2), read_time(row, 3)});
  return sessions;
}

void add_web_session(sqlite::Database& database, const WebSession& session) {
  sqlite::Statement(database, "INSERT INTO web_session (hash, user, made_at, used_at) VALUES (?,?,?,?)")
      .run(session.hash, session.user.value, to_column(session.made), to_column(session.used));
}

void use_web_session(sqlite::Database& database, const std::string& hash, Time now) {
  sqlite::Statement(database, "UPDATE web_session SET used_at = ? WHERE hash = ?").run(to_column(now), hash);
}

void erase_web_session(sqlite::Database& database, const std::string& hash) {
  sqlite::Statement(database, "DELETE FROM web_session WHERE hash = ?").run(hash);
}

void erase_web_sessions(sqlite::Database& database, UserId user) {
  sqlite::Statement(database, "DELETE FROM web_session WHERE user = ?").run(user.value);
}

void sweep_web_sessions(sqlite::Database& database, Time made, Time used) {
  sqlite::Statement(database, "DELETE FROM web_session WHERE made_at < ? OR used_at < ?")
      .run(to_column(made), to_column(used));
}

} // namespace relevo::store
