// SPDX-License-Identifier: LGPL-2.1-or-later
// From requests to answers, in workers.
#include "panel/panel.hpp"

#include "base/text.hpp"
#include "catalog/programmes.hpp"
#include "gx/local_time.hpp"
#include "outputs/answer.hpp"
#include "outputs/base_url.hpp"
#include "panel/listing.hpp"
#include "store/channel_groups.hpp"
#include "store/store.hpp"
#include "store/users.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

namespace relevo::panel {
namespace {

using net::Access;
using net::Method;
using net::Reply;
using net::Request;
using net::Response;
using Json = nlohmann::json;

constexpr unsigned kOk = 200, kBadRequest = 400, kUnauthorized = 401, kForbidden = 403, kNotFound = 404;
/// Players ask for all of it and for single categories, packed or not.
constexpr std::size_t kMostLists = 12, kMostDumps = 1;
constexpr int kFormat = 1; // counts up whenever the same channels are written in another way
constexpr std::size_t kUsualProgrammes = 4, kMostProgrammes = 100;
constexpr std::chrono::hours kPast{24}, kFuture{7 * 24};

model::Time now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// For a login that is nobody's.
Response answer_unknown() {
  return net::json_response({{"user_info", {{"auth", 0}}}});
}

/// Players look into the answer, not at its status. Who may not come now has shown a password that is right.
Response answer_refused(const Request& request, Response refusal) {
  if (refusal.status == kUnauthorized) return answer_unknown();
  if (refusal.status != kForbidden || request.asker.user == 0) return refusal;
  Account account{.name = request.asker.name, .welcome = false};
  account.message = Json::parse(refusal.body)["error"]["message"];
  return net::json_response({{"user_info", write_user(account)}});
}

std::string text_of(const Request& request, std::string_view name) {
  return std::string(request.query_value(name).value_or(""));
}

std::optional<std::int64_t> number_of(const Request& request, std::string_view name) {
  return parse_number<std::int64_t>(text_of(request, name));
}

} // namespace

const Panel::Action Panel::kAccount{"", &Panel::account};
const Panel::Action Panel::kEverything{"", &Panel::everything, true};
const Panel::Action Panel::kActions[] = {{"get_live_categories", &Panel::live_categories, true},
                                         {"get_live_streams", &Panel::live_streams, true},
                                         {"get_short_epg", &Panel::short_guide},
                                         {"get_simple_data_table", &Panel::whole_guide},
                                         {"get_vod_categories", &Panel::nothing},
                                         {"get_vod_streams", &Panel::nothing},
                                         {"get_vod_info", &Panel::no_title},
                                         {"get_series_categories", &Panel::nothing},
                                         {"get_series", &Panel::nothing},
                                         {"get_series_info", &Panel::no_series}};

Panel::Panel(net::Server& server, const Log& log, PanelSettings settings)
    : server_(server),
      log_(log),
      settings_(std::move(settings)),
      lists_press_({settings_.database, settings_.folder, kMostLists}),
      dumps_press_({settings_.database, settings_.folder, kMostDumps}),
      lists_("panel-lists", 1),
      answers_("panel", 1) {
  constexpr const char* kApi = "what players of panels ask: action=NAME, or nothing for the account";
  const auto by_name = [](const Request& request) -> const Action& {
    for (const auto* fields : {&request.parameters, &request.query})
      for (const auto& [name, value] : *fields)
        if (name == "action")
          if (const auto* found = std::ranges::find(kActions, value, &Action::name);
              found != std::end(kActions))
            return *found;
    return kAccount; // as panels do
  };
  serve("/player_api.php", kApi, by_name);
  serve("/player_api/{username}/{password}", kApi, by_name);
  serve("/player_api/{username}/{password}/{action}", kApi, by_name);
  serve("/panel_api.php", "account, categories and channels in one, for old players of panels",
        [](const Request&) -> const Action& { return kEverything; });
  serve_nothing();
}

void Panel::serve(const std::string& path, const std::string& summary,
                  std::function<const Action&(const Request&)> choose) {
  for (const auto method : {Method::Get, Method::Post})
    server_.serve({method, path, summary,
                   [this, choose](Request request, Reply reply) {
                     const auto& action = choose(request);
                     const auto work = [this, &action](const net::Asked& asked) {
                       return perform(asked, action);
                     };
                     const auto answer = outputs::answer_in(action.long_list ? lists_ : answers_, log_, work);
                     answer(std::move(request), std::move(reply));
                   },
                   Access::Player, net::form_body(), answer_refused});
}

/// Players try these where a list told them to, or an older one did.
void Panel::serve_nothing() {
  for (const char* path : {"/movie/{username}/{password}/{file}", "/series/{username}/{password}/{file}",
                           "/timeshift/{username}/{password}/{minutes}/{start}/{file}", "/timeshift.php",
                           "/streaming/timeshift.php"})
    server_.serve(
        {Method::Get, path, "nothing: there are no films, no series and no archive", [](const Request&) {
           return net::error_response(kNotFound, "not-found",
                                      "this server has no films, no series and no archive");
         }});
}

Response Panel::perform(const net::Asked& asked, const Action& action) {
  auto database = store::open_again(settings_.database);
  auto user = store::find_user(database, model::UserId{asked.request.asker.user});
  if (!user) return answer_unknown(); // also one in an open network who shows nothing
  return (this->*action.work)({asked, database, *std::move(user)});
}

// ---- the account ----

tl::expected<Json, Response> Panel::account_of(const Asked& asked) const {
  const auto base = outputs::base_for(asked.request, settings_.public_address);
  if (!base) return tl::unexpected(net::error_response(kBadRequest, "invalid", base.error().message, "Host"));
  const auto site = site_of(*base, settings_.public_address.empty() ? settings_.ports : Ports{});
  const auto& user = asked.user;
  const Account account{.name = user.name,
                        // Not the user's: who shows the token of a box gets no more than that.
                        .password = asked.request.asker.stream_token,
                        .watched = settings_.watched(user.id),
                        .most = user.streams > 0 ? static_cast<std::size_t>(user.streams)
                                                 : settings_.most_streams};
  return Json{{"user_info", write_user(account)}, {"server_info", write_server(site, now(), zone_)}};
}

Response Panel::account(const Asked& asked) {
  auto account = account_of(asked);
  if (!account) return std::move(account.error());
  auto response = net::json_response(*account);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

// ---- lists ----

Response Panel::print(const Asked& asked, const std::string& wish, outputs::Press& press, Write write) {
  const auto& user = asked.user;
  auto response = outputs::print_for(
      asked, press, concat(wish, '\n', outputs::name_of_view(user.profiles)), "application/json",
      [&](sqlite::Database& database) {
        const auto listing = std::make_shared<Listing>();
        listing->lineup = outputs::load_lineup(database, {{}, {}, user.profiles}).value();
        listing->groups = store::load_group_numbers(database);
        return outputs::Edition{
            concat(kFormat, ' ', wish, '\n', state_of(listing->lineup)),
            [listing, write](sqlite::Database&, const outputs::Sink& sink) { write(*listing, sink); }};
      });
  response.headers.emplace_back("Cache-Control", "private");
  return response;
}

Response Panel::live_categories(const Asked& asked) {
  return print(asked, "categories", lists_press_, &write_categories);
}

Response Panel::live_streams(const Asked& asked) {
  const auto text = text_of(asked.request, "category_id");
  std::optional<std::int64_t> category;
  if (!text.empty()) category = number_of(asked.request, "category_id").value_or(0); // 0 is no category
  return print(asked, concat("streams ", category ? std::to_string(*category) : ""), lists_press_,
               [category](const Listing& listing, const outputs::Sink& sink) {
                 write_streams(listing, category, sink);
               });
}

Response Panel::everything(const Asked& asked) {
  auto account = account_of(asked);
  if (!account) return std::move(account.error());
  auto text = account->dump(-1, ' ', false, Json::error_handler_t::replace);
  return print(asked, text, dumps_press_, [text](const Listing& listing, const outputs::Sink& sink) {
    write_everything(listing, text, sink);
  });
}

// ---- guide ----

Response Panel::short_guide(const Asked& asked) {
  const auto wished = number_of(asked.request, "limit");
  const auto most =
      wished && *wished > 0 ? std::min(static_cast<std::size_t>(*wished), kMostProgrammes) : kUsualProgrammes;
  const auto time = now();
  return guide(asked, {time, time + kFuture}, most);
}

Response Panel::whole_guide(const Asked& asked) {
  const auto hour = std::chrono::floor<std::chrono::hours>(now());
  return guide(asked, {hour - kPast, hour + kFuture}, std::numeric_limits<std::size_t>::max());
}

Response Panel::guide(const Asked& asked, const lineup::Window& window, std::size_t most) {
  auto& database = asked.database;
  const auto channel = store::find_seen_channel(database, asked.user, number_of(asked.request, "stream_id"));
  std::string body = R"({"epg_listings":[)";
  if (channel) {
    // As in lists, but where other channels say the same: to know that takes all of them, and no player
    // looks.
    const auto id = channel->tvg_id.empty() ? outputs::own_id(channel->uuid) : channel->tvg_id;
    const GuideRows rows{channel->id.value, id, now(), zone_};
    auto programmes = catalog::programmes_of(database, *channel, window, rows.now, gx::utc_offset);
    programmes.resize(std::min(programmes.size(), most));
    for (const auto& programme : programmes) {
      if (body.back() == '}') body += ',';
      append_programme(body, programme, rows);
    }
  }
  return {kOk, body += "]}"};
}

// ---- what is not here ----

Response Panel::nothing(const Asked&) {
  return {kOk, "[]"};
}

Response Panel::no_title(const Asked&) {
  return {kOk, R"({"info":[],"movie_data":[]})"};
}

Response Panel::no_series(const Asked&) {
  return {kOk, R"({"seasons":[],"info":[],"episodes":[]})"};
}

} // namespace relevo::panel
