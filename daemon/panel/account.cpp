// SPDX-License-Identifier: LGPL-2.1-or-later
// The types are those of old panels: players test them so.
#include "panel/account.hpp"

#include "base/text.hpp"

#include <nlohmann/json.hpp>

namespace relevo::panel {
namespace {

constexpr std::uint16_t kHttp = 80, kHttps = 443;

} // namespace

Site site_of(std::string_view base, const Ports& ports) {
  Site site;
  const auto scheme = base.find("://");
  site.secure = base.substr(0, scheme) == "https";
  auto host = base.substr(scheme + 3);
  host = host.substr(0, host.find('/'));
  const auto colon = host.find(':', host.starts_with('[') ? host.find(']') : 0);
  const auto behind = colon == host.npos ? std::string_view() : host.substr(colon + 1);
  const auto port = parse_number<std::uint16_t>(behind);
  site.host = host.substr(0, colon);
  const bool own = port && *port == (site.secure ? ports.tls : ports.plain);
  site.port = own ? ports.plain : kHttp;
  site.https_port = own && ports.tls != 0 ? ports.tls : kHttps;
  if (port) (site.secure ? site.https_port : site.port) = *port;
  return site;
}

nlohmann::json write_user(const Account& account) {
  return {{"username", account.name},
          {"password", account.password},
          {"message", account.message},
          {"auth", 1},
          {"status", account.welcome ? "Active" : "Disabled"},
          {"exp_date", nullptr}, // never; what is empty breaks players
          {"is_trial", "0"},
          {"active_cons", std::to_string(account.watched)},
          {"created_at", "0"},
          {"max_connections", std::to_string(account.most)},
          {"allowed_output_formats", {"m3u8", "ts"}}};
}

nlohmann::json write_server(const Site& site, model::Time now, const Zone& zone) {
  return {{"url", site.host},
          {"port", std::to_string(site.port)},
          {"https_port", std::to_string(site.https_port)},
          {"server_protocol", site.secure ? "https" : "http"},
          {"rtmp_port", "0"}, // none; typed clients want a number
          {"timezone", zone.name},
          {"timestamp_now", now.time_since_epoch().count()},
          {"time_now", write_time(now, zone)},
          {"process", true}};
}

} // namespace relevo::panel
