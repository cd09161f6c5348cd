// SPDX-License-Identifier: LGPL-2.1-or-later
// From requests to calls. A refusal has status 200, because boxes look at the text alone.
#include "portal/portal.hpp"

#include "access/secret.hpp"
#include "base/text.hpp"
#include "calls.hpp"
#include "outputs/answer.hpp"
#include "outputs/base_url.hpp"
#include "pages.hpp"
#include "stalker/answer.hpp"
#include "stalker/mac.hpp"
#include "stalker/request.hpp"
#include "store/store.hpp"
#include "store/users.hpp"

#include <nlohmann/json.hpp>
#include <utility>

namespace relevo::portal {
namespace {

using access::Refused;
using net::Method;
using net::Reply;
using net::Request;
using net::Response;
using Json = nlohmann::json;

constexpr std::size_t kMostTexts = 6; // channels and guide of a few users, packed and not
constexpr unsigned kBadRequest = 400;
constexpr std::size_t kRandomDigits = 40;

std::string text_of(const Request& request, std::string_view name) {
  return std::string(request.query_value(name).value_or(""));
}

/// Some players show the MAC in the query alone.
stalker::Identity identity_of(const Request& request) {
  auto identity = stalker::read_identity(request.header("Cookie"), request.header("Authorization"));
  if (identity.mac.empty())
    if (const auto mac = stalker::parse_mac(text_of(request, "mac"))) identity.mac = *mac;
  return identity;
}

bool asks(const Request& request, std::string_view type, std::string_view action) {
  return request.query_value("type") == type && request.query_value("action") == action;
}

constexpr const char* kJson = "application/json; charset=utf-8";
constexpr const char* kText = "text/plain; charset=utf-8";

Response give(std::string text, std::string content_type = kJson) {
  Response response;
  response.body = std::move(text);
  response.content_type = std::move(content_type);
  response.headers.emplace_back("Cache-Control", "no-store"); // tokens are in it
  return response;
}

Response give(const Json& js) {
  return give(stalker::write_answer(js.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

std::string describe(const Refused& refused, const std::string& mac) {
  switch (refused.reason) {
  case Refused::Reason::Wrong: break;
  case Refused::Reason::Disabled: return "This box is disabled.";
  case Refused::Reason::Network: return "This box may not be used in your network.";
  case Refused::Reason::TooMany:
    return concat("Too many tries; the next one in ",
                  std::chrono::ceil<std::chrono::seconds>(refused.wait).count(), " s.");
  }
  return mac.empty() ? std::string("This box shows no MAC address.")
                     : concat("The box ", mac, " is not registered here.");
}

} // namespace

Portal::Portal(net::Server& server, const Log& log, access::Guard& guard, PortalSettings settings)
    : log_(log),
      guard_(guard),
      settings_(std::move(settings)),
      server_(server),
      press_({settings_.database, settings_.folder, kMostTexts}),
      lists_("portal-lists", 1),
      answers_("portal", 1) {
  for (const char* base : {"", "/stalker_portal"}) {
    serve_pages(concat(base, "/c"));
    for (const char* name : {"/server/load.php", "/portal.php", "/c/portal.php"})
      serve_calls(concat(base, name));
  }
}

void Portal::serve_pages(const std::string& folder) {
  for (const auto& page : pages())
    server_.serve({Method::Get, concat(folder, '/', page.name), "what tells players that this is a portal",
                   [&page](const Request&) {
                     Response response;
                     response.body = page.text;
                     response.content_type = page.type;
                     return response;
                   }});
}

/// Anybody may ask: who is let in is found out here, because boxes have an own way to show who they are, and
/// to be refused.
void Portal::serve_calls(const std::string& path) {
  const auto answer = [this](Request request, Reply reply) {
    answer_call(std::move(request), std::move(reply));
  };
  server_.serve({Method::Get, path, "the questions of a box to its portal: type and action", answer});
  server_.serve({Method::Post, path, "the same, as a form", answer, net::Access::Anyone, net::form_body()});
}

void Portal::answer_call(Request request, Reply reply) {
  if (asks(request, "stb", "handshake")) return std::move(reply).send(shake_hands(request));
  const auto token = identity_of(request).token;
  auto asker = guard_.find_device(request, token);
  if (!asker) return std::move(reply).send(refuse(request, asker.error()));
  if (asks(request, "stb", "logout")) {
    guard_.forget_device(token);
    return std::move(reply).send(give(Json(true)));
  }
  request.asker = *std::move(asker);
  auto& pool = is_long(text_of(request, "type"), text_of(request, "action")) ? lists_ : answers_;
  const auto answer =
      outputs::answer_in(pool, log_, [this](const net::Asked& asked) { return perform(asked); });
  answer(std::move(request), std::move(reply));
}

Response Portal::shake_hands(const Request& request) {
  const auto had = text_of(request, "token");
  const auto admitted = guard_.admit_device(request, identity_of(request).mac, had);
  if (!admitted) return give(Json{{"token", nullptr}});
  return give(Json{{"token", admitted->token},
                   {"random", access::hash_of(access::make_token()).substr(0, kRandomDigits)},
                   {"not_valid", admitted->renewed && !had.empty() ? 1 : 0}});
}

/// The profile is where a box, and its user, learn why.
Response Portal::refuse(const Request& request, const Refused& refused) {
  const bool known = refused.reason != Refused::Reason::Wrong;
  if (!asks(request, "stb", "get_profile"))
    return give(std::string(known ? stalker::kDenied : stalker::kUnauthorised), kText);
  const auto mac = identity_of(request).mac;
  // Without a token the reason is that of its handshake.
  const auto why = describe(guard_.check_device(request, mac).value_or(refused), mac);
  return give(Json{{"status", 1}, {"msg", why}, {"block_msg", why}, {"blocked", "1"}});
}

Response Portal::perform(const net::Asked& asked) {
  const auto& request = asked.request;
  const auto base = outputs::base_for(request, settings_.public_address);
  if (!base) return net::error_response(kBadRequest, "invalid", base.error().message, "Host");
  auto database = store::open_again(settings_.database);
  const auto user = store::find_user(database, model::UserId{request.asker.user});
  if (!user) return give(std::string(stalker::kUnauthorised), kText); // he has just gone
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const Call call{request, *user, database, *base, now};
  const auto type = text_of(request, "type"), action = text_of(request, "action");
  if (is_long(type, action)) return print(asked, *user, answer_at_length(type, action, call));
  const sqlite::Snapshot snapshot(database);
  return give(answer(type, action, call));
}

Response Portal::print(const net::Asked& asked, const model::User& user, LongAnswer answer) {
  auto response = outputs::print_for(
      asked, press_, concat(answer.wish, '\n', outputs::name_of_view(user.profiles)), kJson, answer.compose);
  response.headers.emplace_back("Cache-Control", "private");
  return response;
}

} // namespace relevo::portal
