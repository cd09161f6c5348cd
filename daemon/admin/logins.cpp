// SPDX-License-Identifier: LGPL-2.1-or-later
// The first administrator, logging in and out, and what everybody may do with himself.
#include "access/credentials.hpp"
#include "access/secret.hpp"
#include "admin/fields_model.hpp"
#include "admin/operations.hpp"
#include "answers.hpp"
#include "checks.hpp"
#include "model/names.hpp"
#include "net/guard.hpp"
#include "passwords.hpp"
#include "store/users.hpp"

namespace relevo::admin {
namespace {

using access::Guard;
using model::User;
using model::UserId;
using net::Response;

constexpr unsigned kForbidden = 403, kConflict = 409;

std::string cookie(const std::string& token, bool secure) {
  const access::SessionRules rules;
  return concat(access::kSessionCookie, "=", token,
                "; Path=/; HttpOnly; SameSite=Strict; Max-Age=", token.empty() ? 0 : rules.longest.count(),
                secure ? "; Secure" : "");
}

Json csrf_of(const net::Request& request) {
  if (request.asker.session.empty()) return {};
  return access::csrf_token_of(access::find_cookie(request.header("Cookie"), access::kSessionCookie));
}

Response welcome(const Guard::LoggedIn& logged_in, bool secure, unsigned status) {
  auto response =
      answer({{"user", write(logged_in.user)}, {"csrf", access::csrf_token_of(logged_in.token)}}, status);
  response.headers.emplace_back("Set-Cookie", cookie(logged_in.token, secure));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response log_in(const Call& call, Guard& guard, bool secure, unsigned status) {
  Json body = call.body;
  const auto name = need_text(body, "name"), password = need_text(body, "password");
  const auto done = guard.log_in(call.database, name, password, call.request, call.now);
  return done ? welcome(*done, secure || call.request.secure, status) : access::answer_to(done.error());
}

/// Whoever comes first is master, so only who is in the house may come; and no page that somebody else wrote.
void check_house(const net::Request& request) {
  const auto address = net::IpAddress::parse(request.peer);
  const auto caller = net::caller_of(request);
  const auto host =
      caller.host.substr(0, caller.host.starts_with('[') ? caller.host.find(']') + 1 : caller.host.find(':'));
  const auto bare = host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
  if (request.veiled || !address || !net::contains(access::Rules::private_networks(), *address))
    throw Refusal(kForbidden, "network", "the first administrator can only come from a private network");
  if (!host.empty() && !equal_nocase(host, "localhost") && !net::IpAddress::parse(bare))
    throw Refusal(kForbidden, "host",
                  "ask under this machine's address, or localhost: the header Host tells another name");
  if (!net::is_same_origin(caller))
    throw Refusal(kForbidden, "origin", "this may be asked only by pages of this server");
}

Response set_up(const Call& call, Guard& guard, bool secure) {
  check_house(call.request);
  const auto taken = [] { return Refusal(kConflict, "set-up", "there are users already"); };
  if (guard.has_users()) throw taken();
  Json body = call.body;
  User user;
  user.role = model::Role::Administrator;
  user.name = need_text(body, "name");
  user.password = take_password_hash(need_text(body, "password"));
  user.stream_token = access::make_token();
  check(user);
  sqlite::Transaction transaction(call.database);
  if (!store::load_users(call.database).empty()) throw taken();
  store::save_user(call.database, user);
  transaction.commit();
  guard.reload(call.database);
  guard.tell({{"event", "user-added"}, {"user", user.name}, {"by", ""}, {"address", call.request.peer}});
  return log_in(call, guard, secure, kCreated);
}

Response log_out(const Call& call, Guard& guard, bool everywhere) {
  const auto& asker = call.request.asker;
  if (asker.session.empty()) refuse_unknown("session");
  if (everywhere)
    store::erase_web_sessions(call.database, UserId{asker.user});
  else
    store::erase_web_session(call.database, asker.session);
  guard.reload(call.database);
  guard.tell({{"event", everywhere ? "logged-out-everywhere" : "logout"},
              {"user", asker.name},
              {"address", call.request.peer}});
  auto response = nothing();
  response.headers.emplace_back("Set-Cookie", cookie("", false));
  return response;
}

User find_asker(const Call& call) {
  auto user = store::find_user(call.database, UserId{call.request.asker.user});
  if (!user) refuse_unknown("user");
  return *std::move(user);
}

Response tell_who(const Call& call) {
  const auto& asker = call.request.asker;
  const auto rank = asker.rank == net::Access::Administrator ? model::Role::Administrator
                    : asker.rank == net::Access::Operator    ? model::Role::Operator
                                                             : model::Role::Viewer;
  const Json user = asker.user == 0 ? Json() : write(find_asker(call));
  auto response = answer({{"name", asker.name},
                          {"role", model::name_of(rank)},
                          {"user", user},
                          {"csrf", csrf_of(call.request)}});
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

void save(const Call& call, Guard& guard, User& user, const char* event) {
  sqlite::Transaction transaction(call.database);
  store::save_user(call.database, user);
  transaction.commit();
  guard.reload(call.database);
  guard.tell({{"event", event}, {"user", user.name}, {"by", user.name}, {"address", call.request.peer}});
}

Response change_password(const Call& call, Guard& guard) {
  Json body = call.body;
  const auto old = need_text(body, "old"), wanted = need_text(body, "new");
  auto user = find_asker(call);
  if (const auto his = guard.check_password(user.name, old, call.request.peer); !his)
    return access::answer_to(his.error());
  user.password = take_password_hash(wanted, "new");
  save(call, guard, user, "password-changed");
  return nothing();
}

Response renew_token(const Call& call, Guard& guard) {
  auto user = find_asker(call);
  user.stream_token = access::make_token();
  save(call, guard, user, "token-renewed");
  return answer(write(user));
}

Json object_of(std::initializer_list<const char*> texts) {
  Json properties = Json::object();
  for (const char* name : texts)
    properties[name] = {{"type", "string"}};
  return {{"type", "object"}, {"properties", properties}, {"required", texts}};
}

Json asker_schema() {
  Json user = Codec<User>::schema(), role = user["properties"]["role"];
  user["nullable"] = true;
  return {{"type", "object"},
          {"properties",
           {{"name", {{"type", "string"}, {"description", "of the user or key; \"\": none was needed"}}},
            {"role", std::move(role)},
            {"user", std::move(user)},
            {"csrf",
             {{"type", "string"},
              {"nullable", true},
              {"description", "for the header X-CSRF-Token, where a session asks"}}}}}};
}

} // namespace

void add_logins(Operations& operations, Guard& guard, bool secure_cookies) {
  using net::Method;
  const Json user = Codec<User>::schema(), login = object_of({"name", "password"});
  Json logged_in = object_of({"csrf"});
  logged_in["properties"]["user"] = user;
  const bool secure = secure_cookies;
  operations.push_back({Method::Get,
                        "/api/v1/setup",
                        "whether the first administrator is still to come",
                        {},
                        {},
                        {{"type", "object"}, {"properties", {{"needed", {{"type", "boolean"}}}}}},
                        [&guard](const Call&) {
                          return answer({{"needed", !guard.has_users()}});
                        }});
  operations.push_back({Method::Post,
                        "/api/v1/setup",
                        "the first administrator, from a private network, and logs him in",
                        {},
                        login,
                        logged_in,
                        [&guard, secure](const Call& call) { return set_up(call, guard, secure); }});
  operations.push_back(
      {Method::Post,
       "/api/v1/login",
       "a session: a cookie, and a token for the header X-CSRF-Token of what changes something",
       {},
       login,
       logged_in,
       [&guard, secure](const Call& call) { return log_in(call, guard, secure, 200); }});
  operations.push_back(
      {Method::Post, "/api/v1/logout", "ends this session", {}, {}, {}, [&guard](const Call& call) {
         return log_out(call, guard, false);
       }});
  operations.push_back({Method::Post,
                        "/api/v1/logout/everywhere",
                        "ends all sessions of this user",
                        {},
                        {},
                        {},
                        [&guard](const Call& call) { return log_out(call, guard, true); }});
  operations.push_back({Method::Get, "/api/v1/me", "who asks", {}, {}, asker_schema(), tell_who});
  operations.push_back({Method::Put,
                        "/api/v1/me/password",
                        "another password",
                        {},
                        object_of({"old", "new"}),
                        {},
                        [&guard](const Call& call) { return change_password(call, guard); }});
  operations.push_back({Method::Post,
                        "/api/v1/me/stream-token",
                        "a new stream token; the old one ends",
                        {},
                        {},
                        user,
                        [&guard](const Call& call) { return renew_token(call, guard); }});
}

} // namespace relevo::admin
