// SPDX-License-Identifier: LGPL-2.1-or-later
// Users, API keys and sessions of the web interface in the database. All functions throw sqlite::Failure.
#pragma once

#include "model/channel.hpp"
#include "model/user.hpp"
#include "sqlite/database.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relevo::store {

[[nodiscard]] std::vector<model::User> load_users(sqlite::Database& database); // by name
[[nodiscard]] std::optional<model::User> find_user(sqlite::Database& database, model::UserId id);
[[nodiscard]] std::optional<model::User> find_user(sqlite::Database& database, std::string_view name);
/// Whether the channel is one of those that he sees.
[[nodiscard]] bool sees(sqlite::Database& database, const model::User& user, model::ChannelId channel);
/// The channel with this id. Empty also where it is hidden or he does not see it: he is not told that it is
/// there.
[[nodiscard]] std::optional<model::Channel>
find_seen_channel(sqlite::Database& database, const model::User& user, std::optional<std::int64_t> id);
/// New where it has no id. Inside a transaction of the caller.
void save_user(sqlite::Database& database, model::User& user);
bool erase_user(sqlite::Database& database, model::UserId id); // with his sessions

[[nodiscard]] std::vector<model::ApiKey> load_api_keys(sqlite::Database& database); // by name
void add_api_key(sqlite::Database& database, model::ApiKey& key);
bool erase_api_key(sqlite::Database& database, model::ApiKeyId id);

[[nodiscard]] std::vector<model::WebSession> load_web_sessions(sqlite::Database& database);
void add_web_session(sqlite::Database& database, const model::WebSession& session);
void use_web_session(sqlite::Database& database, const std::string& hash, model::Time now);
void erase_web_session(sqlite::Database& database, const std::string& hash);
void erase_web_sessions(sqlite::Database& database, model::UserId user);
/// Those made before the one time, or not used since the other.
void sweep_web_sessions(sqlite::Database& database, model::Time made, model::Time used);

} // namespace relevo::store
