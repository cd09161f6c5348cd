// SPDX-License-Identifier: LGPL-2.1-or-later
// From requests to documents, in a worker.
#include "routes.hpp"

#include "base/text.hpp"
#include "outputs/answer.hpp"
#include "outputs/base_url.hpp"
#include "store/store.hpp"
#include "store/users.hpp"
#include "tuner/roster.hpp"

#include <array>
#include <utility>

namespace relevo::tuner {
namespace {

using net::Method;
using net::Request;
using net::Response;

constexpr unsigned kBadRequest = 400, kNotFound = 404;
constexpr const char* kJson = "application/json; charset=\"utf-8\"";
constexpr const char* kXml = "text/xml; charset=\"utf-8\""; // as UPnP wants it

/// The last ones are what players know from another server.
constexpr std::array<std::string_view, 5> kPlaces{"", kFirstDevice, kNamedDevice, "/api/hdhr",
                                                  "/api/hdhr/{device}"};

Response document(std::string text, const char* type) {
  Response response;
  response.body = std::move(text);
  response.content_type = type;
  response.headers.emplace_back("Cache-Control", "no-cache");
  return response;
}

std::string reference_in(const Request& request) {
  return request.parameters.empty() ? std::string() : request.parameters.front().second;
}

} // namespace

Routes::Routes(net::Server& server, const Log& log, gx::WorkerPool& pool, House house)
    : server_(server), log_(log), pool_(pool), house_(std::move(house)) {
  serve("/discover.json", "what this is, as an HDHomeRun", &Routes::discover);
  serve("/lineup.json", "its channels", &Routes::lineup_json);
  serve("/lineup.xml", "its channels, as XML", &Routes::lineup_xml);
  serve("/lineup.m3u", "its channels, as M3U", &Routes::lineup_m3u);
  serve("/device.xml", "what this is, as UPnP wants it", &Routes::description);
  serve_at_once(Method::Get, "/lineup_status.json", "whether it scans, which it never does",
                [](const Request&) { return document(std::string(lineup_status()), kJson); });
  serve_at_once(Method::Get, "/status.json", "what its tuners do", [this](const Request& request) {
    auto states = house_.states();
    // A viewer may be limited to a profile, and others are none of his business.
    if (request.asker.user != 0 && request.asker.rank < net::Access::Operator)
      for (auto& state : states)
        state.name = state.target = {};
    return document(write_status(states), kJson);
  });
  // A scan is over when it begins: the lineup is what it is.
  for (const auto method : {Method::Post, Method::Get})
    serve_at_once(method, "/lineup.post", "the wish for a scan",
                  [](const Request&) { return document("{}", kJson); });
}

void Routes::serve(const std::string& file, const std::string& summary, Work work) {
  const auto answer = outputs::answer_in(
      pool_, log_, [this, work](const net::Asked& asked) { return perform(asked.request, work); });
  for (const auto& place : kPlaces)
    server_.serve({Method::Get, concat(place, file), summary, answer, net::Access::Player});
}

void Routes::serve_at_once(Method method, const std::string& file, const std::string& summary,
                           net::Answer answer) {
  for (const auto& place : kPlaces)
    server_.serve({method, concat(place, file), summary, answer, net::Access::Player});
}

Response Routes::perform(const Request& request, Work work) {
  auto base = base_of(request);
  if (!base) return net::error_response(kBadRequest, "invalid", base.error().message, "Host");
  auto database = store::open_again(house_.database);
  auto device = find_device(database, house_.installation, reference_in(request));
  if (!device)
    return net::error_response(kNotFound, "not-found",
                               "there is no such device: no id of one, and no profile");
  return (this->*work)({request, database, *std::move(device), *std::move(base)});
}

/// The folder of what was asked for, as the client sees it.
Result<std::string> Routes::base_of(const Request& request) const {
  auto folder = request.path.substr(0, request.path.rfind('/'));
  if (!house_.public_address.empty()) return house_.public_address + folder;
  folder.erase(0, request.below.size()); // its port alone tells which device is meant
  return outputs::base_of_host(request.header("Host"), request.secure).map([&](const std::string& base) {
    return base + folder;
  });
}

Stations Routes::load(const Asked& asked) const {
  std::optional<std::vector<model::ProfileId>> only;
  if (asked.request.asker.user != 0) {
    const auto user = store::find_user(asked.database, model::UserId{asked.request.asker.user});
    only = user ? user->profiles : std::vector<model::ProfileId>(); // one who has gone sees nothing
  }
  return load_offer(asked.database, asked.device.profile, asked.device.part, only).stations;
}

Response Routes::discover(const Asked& asked) {
  return document(write_discover(asked.device, asked.base, house_.count_tuners(asked.database)), kJson);
}

Response Routes::lineup_json(const Asked& asked) {
  return document(write_lineup_json(load(asked), asked.base), kJson);
}

Response Routes::lineup_xml(const Asked& asked) {
  return document(write_lineup_xml(load(asked), asked.base), kXml);
}

Response Routes::lineup_m3u(const Asked& asked) {
  return document(write_lineup_m3u(load(asked), asked.base), "audio/x-mpegurl; charset=utf-8");
}

Response Routes::description(const Asked& asked) {
  return document(write_description(asked.device, asked.base), kXml);
}

} // namespace relevo::tuner
