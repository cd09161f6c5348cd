// SPDX-License-Identifier: LGPL-2.1-or-later
// Users, as administrators see them.
#include "store/users.hpp"
#include "access/secret.hpp"
#include "admin/fields_model.hpp"
#include "admin/operations.hpp"
#include "answers.hpp"
#include "checks.hpp"
#include "passwords.hpp"
#include "store/profiles.hpp"

namespace relevo::admin {

namespace {

using access::Guard;
using model::Role;
using model::User;
using model::UserId;
using net::Response;

constexpr unsigned kConflict = 409;

User find(const Call& call) {
  auto user = store::find_user(call.database, call.id<UserId>("user"));
  if (!user) refuse_unknown("user");
  return *std::move(user);
}

bool has_administrator(sqlite::Database& database) {
  return std::ranges::any_of(store::load_users(database), [](const User& user) {
    return user.role == Role::Administrator && user.enabled;
  });
}

/// Whoever administers from elsewhere would be locked out for ever.
void keep_administrator(sqlite::Database& database, bool had_one) {
  if (had_one && !has_administrator(database))
    throw Refusal(kConflict, "last-administrator", "there must be an administrator who is enabled");
}

Json audit(const Call& call, const char* event, const std::string& user) {
  return {{"event", event}, {"user", user}, {"by", call.request.asker.name}, {"address", call.request.peer}};
}

void check_profiles(sqlite::Database& database, const User& user) {
  if (!user.profiles) return;
  for (std::size_t i = 0; i < user.profiles->size(); ++i)
    if (!store::find_profile(database, (*user.profiles)[i]))
      refuse_invalid(Flaw::NotThere, "there is no such profile", concat("profiles[", i, "]"));
}

Response save(const Call& call, Guard& guard, User user, unsigned status) {
  Json body = call.body;
  const auto password = take_text(body, "password");
  admin::apply(user, body);
  check(user);
  check_profiles(call.database, user);
  if (password) user.password = take_password_hash(*password); // before the transaction: it takes its time
  sqlite::Transaction transaction(call.database);
  const bool had_administrator = has_administrator(call.database);
  store::save_user(call.database, user);
  keep_administrator(call.database, had_administrator);
  if (password) store::erase_web_sessions(call.database, user.id);
  transaction.commit();
  guard.reload(call.database);
  guard.tell(audit(call, status == kCreated ? "user-added" : "user-changed", user.name));
  return answer(write(user), status);
}

Response add(const Call& call, Guard& guard) {
  User user;
  user.stream_token = access::make_token();
  return save(call, guard, std::move(user), kCreated);
}

Response erase(const Call& call, Guard& guard) {
  const auto user = find(call);
  sqlite::Transaction transaction(call.database);
  const bool had_administrator = has_administrator(call.database);
  store::erase_user(call.database, user.id);
  keep_administrator(call.database, had_administrator && !store::load_users(call.database).empty());
  transaction.commit();
  guard.reload(call.database);
  guard.tell(audit(call, "user-removed", user.name));
  return nothing();
}

Response renew_token(const Call& call, Guard& guard) {
  auto user = find(call);
  user.stream_token = access::make_token();
  sqlite::Transaction transaction(call.database);
  store::save_user(call.database, user);
  transaction.commit();
  guard.reload(call.database);
  guard.tell(audit(call, "token-renewed", user.name));
  return answer(write(user));
}

Response log_out(const Call& call, Guard& guard) {
  const auto user = find(call);
  store::erase_web_sessions(call.database, user.id);
  guard.reload(call.database);
  guard.tell(audit(call, "logged-out-everywhere", user.name));
  return nothing();
}

} // namespace

void add_users(Operations& operations, Guard& guard) {
  using net::Method;
  const Json user = Codec<User>::schema();
  Json wanted = user;
  wanted["properties"]["password"] = {{"type", "string"}, {"writeOnly", true}};
  const std::string base = "/api/v1/users", one = base + "/{user}";
  operations.push_back({Method::Get, base, "users, by name", {}, {}, list_schema(user), [](const Call& call) {
                          return answer(write(store::load_users(call.database)));
                        }});
  operations.push_back({Method::Post, base, "a new user", {}, wanted, user, [&guard](const Call& call) {
                          return add(call, guard);
                        }});
  operations.push_back(
      {Method::Get, one, "a user", {}, {}, user, [](const Call& call) { return answer(write(find(call))); }});
  operations.push_back({Method::Patch,
                        one,
                        "changes a user; a new password logs him out everywhere",
                        {},
                        wanted,
                        user,
                        [&guard](const Call& call) { return save(call, guard, find(call), 200); }});
  operations.push_back({Method::Delete, one, "takes a user away", {}, {}, {}, [&guard](const Call& call) {
                          return erase(call, guard);
                        }});
  operations.push_back({Method::Post,
                        one + "/stream-token",
                        "a new stream token; the old one ends",
                        {},
                        {},
                        user,
                        [&guard](const Call& call) { return renew_token(call, guard); }});
  operations.push_back(
      {Method::Post, one + "/logout", "ends all his sessions", {}, {}, {}, [&guard](const Call& call) {
         return log_out(call, guard);
       }});
}

} // namespace relevo::admin
