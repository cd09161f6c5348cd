// SPDX-License-Identifier: LGPL-2.1-or-later
// Who may ask for what, and which list that is.
#include "provider/panel.hpp"

#include "base/text.hpp"
#include "provider/list_sender.hpp"
#include "provider/stream_faults.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace relevo::provider {
namespace {

constexpr double kMostRows = 5e6;

const Fault* find(const FaultPlan& faults, FaultKind kind) {
  return faults.active(kind, Seconds{0});
}

std::string text_of(const FaultPlan& faults, FaultKind kind, std::string otherwise) {
  const Fault* fault = find(faults, kind);
  return fault ? fault->text : otherwise;
}

double number_of(const FaultPlan& faults, FaultKind kind) {
  const Fault* fault = find(faults, kind);
  return fault ? fault->number : 0;
}

Types types_of(const FaultPlan& faults) {
  const auto name = text_of(faults, FaultKind::Types, "");
  if (name == "strings") return Types::Strings;
  if (name == "ints") return Types::Ints;
  if (name == "null") return Types::Null;
  return name == "blank" ? Types::Blank : Types::Classic;
}

std::optional<PanelList> list_of(std::string_view action) {
  using enum PanelList;
  if (action == "get_live_categories") return LiveCategories;
  if (action == "get_vod_categories") return VodCategories;
  if (action == "get_series_categories") return SeriesCategories;
  if (action == "get_live_streams") return Live;
  if (action == "get_vod_streams") return Vod;
  if (action == "get_series") return Series;
  return std::nullopt;
}

Response wrong_login(std::string_view how) {
  if (how == "401") return text_response(401, "Unauthorized");
  if (how == "403") return text_response(403, "Forbidden");
  if (how == "empty") return json_response("");
  if (how == "html")
    return {200, "text/html", "<!DOCTYPE html><html><body>Please log in.</body></html>\n", {}};
  return json_response(R"({"user_info":{"auth":0}})");
}

/// "host:port" of the URLs in an answer.
std::string host_of(const Exchange& exchange, const FaultPlan& faults) {
  return text_of(faults, FaultKind::OtherHost, exchange.connection.local_address());
}

std::string logos_of(const Exchange& exchange) {
  return concat("http://", exchange.connection.local_address(), "/logos/");
}

/// What follows the id in a URL.
std::string after_id(const FaultPlan& faults, std::string_view extension) {
  const auto token = text_of(faults, FaultKind::Token, "");
  return token.empty() ? std::string(extension) : concat(extension, "?token=", percent_encode(token));
}

std::string login_path(std::string_view user, std::string_view password) {
  return concat(percent_encode(user), '/', percent_encode(password), '/');
}

std::chrono::sys_seconds today() {
  return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

} // namespace

void Panel::serve_api(Exchange& exchange) {
  serve(exchange, true, &Panel::answer_api);
}

void Panel::serve_playlist(Exchange& exchange) {
  serve(exchange, true, &Panel::answer_playlist);
}

void Panel::serve_xmltv(Exchange& exchange) {
  serve(exchange, true, &Panel::answer_guide);
}

void Panel::serve_plain_list(Exchange& exchange) {
  serve(exchange, false, &Panel::answer_plain_list);
}

void Panel::serve_plain_guide(Exchange& exchange) {
  serve(exchange, false, &Panel::answer_guide);
}

void Panel::set_faults(const std::vector<std::string_view>& faults) {
  std::vector<Fault> all;
  for (const auto text : faults) {
    auto fault = parse_fault(text);
    if (!fault) throw std::invalid_argument(fault.error().message);
    all.push_back(std::move(*fault));
  }
  const std::lock_guard lock(mutex_);
  faults_ = std::move(all);
}

std::string Panel::channel_of(const std::string& name) const {
  const auto channels = station_.channels();
  const auto id = parse_number<std::uint64_t>(name);
  const bool is_row = id && *id >= Catalogue::kFirstId && !channels.empty();
  if (!is_row || std::ranges::find(channels, name) != channels.end()) return name;
  return channels[(*id - Catalogue::kFirstId) % channels.size()];
}

void Panel::serve(Exchange& exchange, bool needs_login, Handler handler) {
  const Request& request = exchange.request;
  auto of_request = station_.plan(request.get_all("fault"));
  if (!of_request) return exchange.respond(text_response(400, of_request.error().message));
  const auto faults = plan(std::move(*of_request));
  if (answer_faultily(exchange, faults)) return;
  const Station::Credentials login{std::string(request.get("username")),
                                   std::string(request.get("password"))};
  if (needs_login && !station_.login(login))
    return exchange.respond(wrong_login(text_of(faults, FaultKind::BadLogin, "auth0")));
  (this->*handler)(exchange, faults);
}

void Panel::answer_api(Exchange& exchange, const FaultPlan& faults) {
  const Request& request = exchange.request;
  const auto list = list_of(request.get("action"));
  if (!list) return exchange.respond(json_response(account(exchange, faults)));
  PanelListSettings settings{*list,
                             types_of(faults),
                             find(faults, FaultKind::Keyed) != nullptr,
                             find(faults, FaultKind::Warning) != nullptr,
                             std::nullopt,
                             logos_of(exchange)};
  if (const auto category = parse_number<std::size_t>(request.get("category_id")))
    settings.category = *category - 1;
  send_list(exchange, faults, panel_list(catalogue(request, faults), settings));
}

void Panel::answer_playlist(Exchange& exchange, const FaultPlan& faults) {
  const Request& request = exchange.request;
  const auto output = request.get("output");
  const auto login = login_path(request.get("username"), request.get("password"));
  const bool full = request.get("path") != "short";
  M3uSettings settings{concat("http://", host_of(exchange, faults), full ? "/live/" : "/", login),
                       after_id(faults, output == "m3u8" || output == "hls" ? ".m3u8" : ".ts"), "",
                       logos_of(exchange), request.get("type") == "m3u_plus"};
  send_list(exchange, faults, m3u_list(catalogue(request, faults), std::move(settings)));
}

void Panel::answer_plain_list(Exchange& exchange, const FaultPlan& faults) {
  const Request& request = exchange.request;
  const auto user = request.get("user");
  const auto login = user.empty() ? "" : login_path(user, request.get("password"));
  const auto host = host_of(exchange, faults);
  M3uSettings settings{concat("http://", host, "/live/", login), after_id(faults, ".ts"),
                       concat("http://", host, "/guide.xml"), logos_of(exchange), true};
  send_list(exchange, faults, m3u_list(catalogue(request, faults), std::move(settings)));
}

void Panel::answer_guide(Exchange& exchange, const FaultPlan& faults) {
  const Request& request = exchange.request;
  const auto start = parse_number<std::int64_t>(request.get("start"));
  const GuideSettings settings{
      start ? std::chrono::sys_seconds{std::chrono::seconds{*start}} : today(),
      static_cast<std::size_t>(std::clamp(request.number("programmes", 6), 0.0, 1e4))};
  send_list(exchange, faults, guide_text(catalogue(request, faults), settings));
}

std::string Panel::account(const Exchange& exchange, const FaultPlan& faults) const {
  const Request& request = exchange.request;
  const auto types = types_of(faults);
  const bool expired = find(faults, FaultKind::Expired) != nullptr;
  const auto state =
      station_.login({std::string(request.get("username")), std::string(request.get("password"))});
  JsonObject user(types);
  user.text("username", request.get("username"));
  user.text("password", request.get("password"));
  user.optional_text("message", "");
  user.integer("auth", 1);
  user.text("status", expired ? "Expired" : "Active");
  if (expired || types == Types::Classic || types == Types::Strings || types == Types::Ints)
    user.numeric_text("exp_date", expired ? 1'600'000'000 : 1'893'456'000);
  else
    user.optional_text("exp_date", "");
  user.numeric_text("is_trial", 0);
  user.numeric_text("active_cons", state ? state->open : 0);
  user.numeric_text("created_at", 1'500'000'000);
  user.numeric_text("max_connections", state ? state->max : 0);
  user.raw("allowed_output_formats", R"(["m3u8","ts"])");

  const auto host = host_of(exchange, faults);
  const auto colon = std::min(host.find(':'), host.size());
  const auto port =
      parse_number<std::uint16_t>(std::string_view(host).substr(std::min(colon + 1, host.size())));
  JsonObject server(types);
  server.text("url", host.substr(0, colon));
  server.numeric_text("port", port.value_or(80));
  server.numeric_text("https_port", 443);
  server.text("server_protocol", "http");
  server.numeric_text("rtmp_port", 8880);
  server.text("timezone", "UTC");
  server.integer("timestamp_now", 1'795'180'000);
  server.text("time_now", "2026-11-20 13:06:40");
  server.raw("process", "true");
  const std::string_view warning = find(faults, FaultKind::Warning) ? "\nWarning: x[0] {y} in z.php\n" : "";
  return concat(warning, "{\"user_info\":", user.write(), ",\"server_info\":", server.write(), '}');
}

Catalogue Panel::catalogue(const Request& request, const FaultPlan& faults) const {
  auto channels = station_.channels();
  const auto rows = defaults_.rows > 0 ? defaults_.rows : channels.size();
  CatalogueSettings settings;
  settings.rows =
      static_cast<std::size_t>(std::clamp(request.number("rows", static_cast<double>(rows)), 0.0, kMostRows));
  settings.seed = static_cast<std::uint32_t>(std::abs(request.number("seed", defaults_.seed)));
  settings.half = find(faults, FaultKind::Half) != nullptr;
  settings.renamed = number_of(faults, FaultKind::Renamed);
  settings.reordered = find(faults, FaultKind::Reordered) != nullptr;
  return {settings, std::move(channels)};
}

/// With those that were set for all: they win, as later ones do.
FaultPlan Panel::plan(FaultPlan of_request) const {
  const std::lock_guard lock(mutex_);
  for (const Fault& fault : faults_)
    of_request.add(fault);
  return of_request;
}

} // namespace relevo::provider
