// SPDX-License-Identifier: LGPL-2.1-or-later
// Addresses that people and their scripts know from another server, so that they move without touching them.
// Browsers are sent on to a page, everybody else gets JSON.
#include "admin/api.hpp"
#include "admin/ranks.hpp"
#include "answers.hpp"
#include "status_page.hpp"
#include "store/accounts.hpp"
#include "store/store.hpp"

namespace relevo::admin {
namespace {

using net::Method;
using net::Request;
using net::Response;

bool wants_page(const Request& request) {
  return request.header("Accept").find("text/html") != std::string_view::npos;
}

/// These are asked with GET, which a page of a stranger can make a browser do.
bool is_strange(const Request& request) {
  const auto site = request.header("Sec-Fetch-Site");
  return !site.empty() && site != "none" && site != "same-origin";
}

Response to_status() {
  Response response;
  response.status = 302;
  response.headers = {{"Location", "/status"}};
  return response;
}

} // namespace

void Api::serve_old_addresses() {
  server_.serve({Method::Get, "/status", "what plays, as a page for browsers, else as JSON",
                 [this](const Request& request) {
                   const auto sessions = sessions_.view();
                   if (!wants_page(request)) return answer(write_status(sessions));
                   Response page;
                   page.body = write_status_page(sessions);
                   page.content_type = "text/html; charset=utf-8";
                   page.headers = {{"Content-Security-Policy", "default-src 'none'"}};
                   return page;
                 },
                 access_for(Method::Get, "/status")});
  serve_old_wish("/force_switch/{channel}", "a channel that plays goes on with its next source",
                 [this](const Request& request) { return force_switch(request.parameter("channel")); });
  serve_old_wish("/refresh_db_cache", "databases of streams are read again",
                 [this](const Request&) { return refresh_databases(); });
}

void Api::serve_old_wish(const std::string& path, const std::string& summary,
                         std::function<Json(const Request&)> wish) {
  server_.serve({Method::Get, path, summary,
                 [wish = std::move(wish)](const Request& request) {
                   try {
                     if (is_strange(request))
                       throw Refusal(403, "forbidden", "a page of another server asked for this");
                     const auto done = wish(request);
                     return wants_page(request) ? to_status() : answer(done);
                   } catch (const Refusal& refusal) {
                     return refusal.response();
                   }
                 },
                 access_for(Method::Get, path)});
}

Json Api::force_switch(const std::string& reference) {
  auto database = store::open_again(settings_.database);
  const auto channel = sessions::find_channel(database, reference);
  if (!channel) refuse_unknown("channel");
  bool switched = false;
  for (const auto& session : sessions_.view())
    if (session.channel == channel->id) switched = sessions_.next(session.id) || switched;
  return {{"channel", channel->uuid}, {"switched", switched}};
}

Json Api::refresh_databases() {
  auto database = store::open_again(settings_.database);
  Json started = Json::array();
  for (const auto& account : store::load_accounts(database))
    if (account.kind == model::AccountKind::Database && account.enabled && refresher_.refresh(account.id, {}))
      started.push_back(account.name);
  return {{"refreshing", std::move(started)}};
}

} // namespace relevo::admin
