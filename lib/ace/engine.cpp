// SPDX-License-Identifier: LGPL-2.1-or-later
// Addresses and URLs of engines.
#include "ace/engine.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <optional>

namespace relevo::ace {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view kDefaultPort = ":6878";

bool is_unprintable(char c) {
  return static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0x7f;
}

bool all_printable(std::string_view text) {
  return std::none_of(text.begin(), text.end(), is_unprintable);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// The ":port" at the end of an authority; "" without one. Empty where what is there is none.
std::optional<std::string_view> port_of(std::string_view host) {
  const auto bracket = host.rfind(']');
  if (host.starts_with('[') != (bracket != npos)) return std::nullopt;
  const auto colon = host.find(':', bracket == npos ? 0 : bracket);
  if (bracket != npos && bracket + 1 != std::min(colon, host.size())) return std::nullopt;
  if (colon == npos) return std::string_view();
  const auto port = parse_number<std::uint16_t>(host.substr(colon + 1));
  if (!port || *port == 0) return std::nullopt;
  return host.substr(colon);
}

} // namespace

Result<Engine> parse_engine(std::string_view text) {
  text = trim(text);
  std::string scheme = "http://";
  if (const auto end = text.find("://"); end != npos) {
    scheme = lower(text.substr(0, end + 3));
    text.remove_prefix(end + 3);
  }
  if (scheme != "http://" && scheme != "https://")
    return fail("an engine speaks http or https, not " + scheme);
  const auto end = std::min(text.find_first_of("/?#"), text.size());
  if (text.substr(end) != "" && text.substr(end) != "/")
    return fail("the address of an engine has no path: " + std::string(text.substr(end)));
  text = text.substr(0, end);
  if (!all_printable(text)) return fail("the address of an engine has no spaces or letters outside ASCII");
  const auto host_begin = text.rfind('@') + 1; // npos + 1 is 0
  const auto host = text.substr(host_begin);
  const auto port = port_of(host);
  if (!port) return fail("what follows the host of the engine is no port: " + std::string(host));
  if (host.size() == port->size()) return fail("the address of an engine needs a host");
  Engine engine{concat(scheme, text.substr(0, host_begin), lower(host))};
  if (port->empty() && scheme == "http://") engine.base += kDefaultPort;
  return engine;
}

std::string start_url(const Engine& engine, const Content& content, std::string_view pid) {
  const std::string_view key = content.kind == IdKind::ContentId ? "content_id=" : "infohash=";
  // The engine is to tell when it has to stop, instead of playing an advertisement in the channel's place.
  return concat(engine.base, "/ace/getstream?", key, content.hash, "&format=json&pid=", pid,
                "&use_api_events=1&use_stop_notifications=1");
}

std::string resolve_url(const Engine& engine, std::string_view content_id) {
  return concat(engine.base, "/server/api?api_version=3&method=get_media_files&content_id=", content_id);
}

std::string stop_url(std::string_view command_url) {
  return concat(command_url, command_url.find('?') == npos ? '?' : '&', "method=stop");
}

Result<std::string> rebase(const Engine& engine, std::string_view url) {
  url = trim(url);
  url = url.substr(0, url.find('#'));
  if (!all_printable(url)) return fail("no URL of an engine: it holds spaces or control characters");
  const auto scheme = url.find("://");
  const bool absolute = scheme != npos && url.find_first_of("/?") == scheme + 1;
  if (absolute) {
    url.remove_prefix(scheme + 3);
    url.remove_prefix(std::min(url.find_first_of("/?"), url.size()));
  } else if (url.starts_with("//")) {
    return fail("no URL of an engine: it has no scheme");
  }
  if (!url.starts_with('/')) return fail("no URL of an engine: it has no path");
  return concat(engine.base, url);
}

} // namespace relevo::ace
