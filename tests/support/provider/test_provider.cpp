// SPDX-License-Identifier: LGPL-2.1-or-later
// The routes of the provider. Other kinds of providers are further rows in routes().
#include "provider/test_provider.hpp"

#include "provider/live_ts.hpp"

#include <cstdlib>
#include <stdexcept>

namespace relevo::provider {
namespace {

std::filesystem::path media_folder(const Options& options) {
  if (!options.media.empty()) return options.media;
  const char* folder = std::getenv("RELEVO_TEST_MEDIA");
  if (!folder) throw std::runtime_error("no media folder: RELEVO_TEST_MEDIA is not set");
  return folder;
}

std::optional<std::string> without_suffix(const std::string& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return std::nullopt;
  return text.substr(0, text.size() - suffix.size());
}

void serve_logo(Exchange& exchange) {
  constexpr const char* kLogo =
      R"(<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><circle cx="8" cy="8" r="8" fill="teal"/></svg>)";
  exchange.respond({200, "image/svg+xml", kLogo, {}});
}

Response denial(Station::Denial reason) {
  switch (reason) {
  case Station::Denial::UnknownChannel: return text_response(404, "no such channel");
  case Station::Denial::WrongLogin: return text_response(401, "wrong user or password");
  case Station::Denial::LimitReached: return text_response(403, "too many connections of this login");
  }
  return text_response(404, "");
}

} // namespace

TestProvider::TestProvider(Options options)
    : address_(options.address),
      station_(media_folder(options)),
      panel_(station_, options.lists),
      refusing_(reserve_port(options.address)),
      server_(options.address, options.port, options.max_connections, routes()) {
  if (options.channels.empty())
    for (const auto& name : ClipLibrary{media_folder(options)}.names())
      options.channels.push_back({name, name});
  for (const auto& channel : options.channels)
    station_.add_channel(channel.name, channel.clip);
  for (const auto& login : options.logins)
    set_login(login);
}

std::string TestProvider::url(std::string_view path) const {
  return "http://" + address_ + ":" + std::to_string(port()) + std::string{path};
}

std::string TestProvider::refusing_url() const {
  return "http://" + address_ + ":" + std::to_string(port_of(refusing_)) + "/refused.ts";
}

void TestProvider::set_faults(const std::string& channel, const std::vector<std::string_view>& faults) {
  auto plan = station_.plan(faults);
  if (!plan) throw std::invalid_argument(plan.error().message);
  if (!station_.set_faults(channel, std::move(*plan)))
    throw std::invalid_argument("no channel '" + channel + "'");
}

void TestProvider::set_login(const Options::Login& login) {
  station_.set_login({login.user, login.password}, login.max_connections);
}

std::vector<Route> TestProvider::routes() {
  const auto rest = [](const Exchange& exchange, std::ptrdiff_t skipped) {
    const auto& path = exchange.request.path;
    return std::vector<std::string>{path.begin() + skipped, path.end()};
  };
  return {
      {"live", [this, rest](Exchange& exchange) { serve_live(exchange, rest(exchange, 1)); }},
      {"player_api.php", [this](Exchange& exchange) { panel_.serve_api(exchange); }},
      {"get.php", [this](Exchange& exchange) { panel_.serve_playlist(exchange); }},
      {"xmltv.php", [this](Exchange& exchange) { panel_.serve_xmltv(exchange); }},
      {"list.m3u", [this](Exchange& exchange) { panel_.serve_plain_list(exchange); }},
      {"guide.xml", [this](Exchange& exchange) { panel_.serve_plain_guide(exchange); }},
      {"playlist.m3u", [this](Exchange& exchange) { serve_playlist(exchange); }},
      {"logos", serve_logo},
      {"control", [this](Exchange& exchange) { serve_control(exchange); }},
      {"stats", [this](Exchange& exchange) { serve_stats(exchange); }},
      // The short form of panels: /USER/PASSWORD/ID.
      {"",
       [this, rest](Exchange& exchange) {
         if (exchange.request.path.size() == 3) return serve_live(exchange, rest(exchange, 0));
         exchange.respond(text_response(404, "nothing here"));
       }},
  };
}

// CHANNEL… without a login, USER/PASSWORD/CHANNEL… with one.
void TestProvider::serve_live(Exchange& exchange, std::vector<std::string> path) {
  std::optional<Station::Credentials> login;
  if (path.size() > 2) {
    login = {path[0], path[1]};
    path.erase(path.begin(), path.begin() + 2);
  }
  const auto* credentials = login ? &*login : nullptr;
  if (path.size() == 2) return serve_media(exchange, panel_.channel_of(path[0]), credentials, path[1], "");
  if (path.size() != 1) return exchange.respond(text_response(404, "no such channel"));
  const auto in_playlist = without_suffix(path[0], ".m3u8");
  const auto name = in_playlist.value_or(without_suffix(path[0], ".ts").value_or(path[0]));
  const std::string channel = panel_.channel_of(name);
  if (in_playlist || exchange.request.get("type") == "hls")
    return serve_media(exchange, channel, credentials, "media.m3u8", percent_encode(channel) + "/");
  serve_media(exchange, channel, credentials, "", "");
}

void TestProvider::serve_media(Exchange& exchange, const std::string& channel,
                               const Station::Credentials* login, const std::string& resource,
                               const std::string& folder) {
  auto plan = station_.plan(exchange.request.get_all("fault"));
  if (!plan) return exchange.respond(text_response(400, plan.error().message));
  auto lease = station_.open(channel, login);
  if (!lease) return exchange.respond(denial(lease.error()));
  // The exchange keeps the lease: until its answer is out, or until it is over.
  exchange.before_end = [kept = std::make_shared<Lease>(std::move(*lease))] { kept->give_back(); };
  if (!resource.empty()) return hls_.serve(exchange, channel, std::move(*plan), resource, folder);
  const StreamFaults faults{station_, channel, std::move(*plan)};
  if (!answer_faultily(exchange, faults, {Clock::now()})) serve_live_ts(exchange, faults);
}

void TestProvider::serve_playlist(Exchange& exchange) const {
  const Request& request = exchange.request;
  const std::string suffix = request.get("type") == "hls" ? ".m3u8" : ".ts";
  std::string base = "http://" + exchange.connection.local_address() + "/live/";
  if (!request.get("user").empty())
    base += percent_encode(request.get("user")) + "/" + percent_encode(request.get("password")) + "/";
  std::string list = "#EXTM3U\n";
  for (const auto address : request.get_all("entry"))
    ((list += "#EXTINF:-1,entry\n") += address) += '\n';
  for (const auto& name : station_.channels())
    list += "#EXTINF:-1 tvg-id=\"" + name + "\" tvg-name=\"" + name + "\" group-title=\"Test\"," + name +
            "\n" + base + percent_encode(name) + suffix + "\n";
  exchange.respond({200, "audio/x-mpegurl", std::move(list), {}});
}

// /control/channel/NAME?fault=…&fault=…, /control/lists?fault=… and /control/login/USER?password=…&max=…
void TestProvider::serve_control(Exchange& exchange) {
  const Request& request = exchange.request;
  const bool lists = request.path.size() == 2 && request.path[1] == "lists";
  const std::string what = request.path.size() == 3 ? request.path[1] : std::string{};
  if (what == "channel" || lists) {
    const auto faults = request.get_all("fault");
    try {
      lists ? set_list_faults(faults) : set_faults(request.path[2], faults);
    } catch (const std::invalid_argument& error) {
      return exchange.respond(text_response(400, error.what()));
    }
  } else if (what == "login") {
    const auto max = static_cast<std::uint64_t>(std::max(0.0, request.number("max", 1)));
    set_login({request.path[2], std::string{request.get("password")}, max});
  } else {
    return exchange.respond(text_response(404, "control/channel/NAME, control/lists or control/login/USER"));
  }
  exchange.respond({200, "application/json", "{\"ok\":true}\n", {}});
}

void TestProvider::serve_stats(Exchange& exchange) const {
  exchange.respond({200, "application/json", station_.json(server_.connections()), {}});
}

} // namespace relevo::provider
