// SPDX-License-Identifier: LGPL-2.1-or-later
// URLs taken apart and put together.
#include "xtream/panel.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace relevo::xtream {
namespace {

constexpr auto npos = std::string_view::npos;

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), to_lower);
  return out;
}

bool is_unprintable(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char small = to_lower(c);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

std::string decode(std::string_view text, bool plus_is_blank) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0;
    if (escape && hex_digit(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(text[i + 1]) << 4 | hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += plus_is_blank && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

/// All but the unreserved characters of RFC 3986.
std::string encode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const char small = to_lower(c);
    const bool plain =
        (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || std::string_view("-._~").find(c) != npos;
    if (plain)
      out += c;
    else
      ((out += '%') += kDigits[byte >> 4]) += kDigits[byte & 15];
  }
  return out;
}

/// The last segment of a path, which loses it and the slash before it. Empty where it has no slash.
std::optional<std::string_view> take_last(std::string_view& path) {
  const auto slash = path.rfind('/');
  if (slash == npos) return std::nullopt;
  const auto segment = path.substr(slash + 1);
  path = path.substr(0, slash);
  return segment;
}

/// Where scheme and authority end; npos for what is no http or https URL.
std::size_t path_begin(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == npos) return npos;
  const auto name = url.substr(0, scheme);
  if (!equal_nocase(name, "http") && !equal_nocase(name, "https")) return npos;
  const auto end = std::min(url.find_first_of("/?#", scheme + 3), url.size());
  return end == scheme + 3 ? npos : end;
}

/// "123", "123.ts" for live streams; with any extension for the others.
std::optional<std::int64_t> stream_id(std::string_view segment, bool any_extension) {
  const auto dot = std::min(segment.find('.'), segment.size());
  const auto extension = segment.substr(std::min(dot + 1, segment.size()));
  const bool live = dot == segment.size() || extension == "ts" || extension == "m3u8";
  if (!live && !any_extension) return std::nullopt;
  const auto id = parse_number<std::int64_t>(segment.substr(0, dot));
  return id && *id >= 0 ? id : std::nullopt;
}

std::optional<StreamKind> kind_of(std::string_view segment) {
  if (segment == "live") return StreamKind::Live;
  if (segment == "movie") return StreamKind::Movie;
  if (segment == "series") return StreamKind::Episode;
  return std::nullopt;
}

/// Servers have these in front of paths that look like the short one.
bool is_reserved(std::string_view segment) {
  static constexpr std::array<std::string_view, 5> kReserved = {"hls", "play", "timeshift", "hlsr",
                                                                "streaming"};
  return kind_of(segment) || std::ranges::find(kReserved, segment) != kReserved.end();
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

std::optional<std::string> find_parameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const auto pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    const auto equals = pair.find('=');
    if (equals != npos && equal_nocase(pair.substr(0, equals), name))
      return decode(pair.substr(equals + 1), true);
  }
  return std::nullopt;
}

std::optional<Login> login_of(std::optional<std::string> user, std::optional<std::string> password) {
  if (!user || !password || user->empty()) return std::nullopt;
  return Login{std::move(*user), std::move(*password)};
}

/// "user:password" in front of a host.
std::optional<Login> login_of_userinfo(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == npos) return std::nullopt;
  return login_of(decode(text.substr(0, colon), false), decode(text.substr(colon + 1), false));
}

/// Without the script at its end, and without slashes there.
std::string_view folder_of(std::string_view path) {
  auto rest = path;
  const auto last = take_last(rest);
  if (last && last->size() > 4 && equal_nocase(last->substr(last->size() - 4), ".php")) path = rest;
  while (path.ends_with('/'))
    path.remove_suffix(1);
  return path;
}

} // namespace

Result<Pasted> parse_panel(std::string_view text) {
  text = trim(text);
  if (text.empty()) return fail("the address of the panel is missing");
  if (std::ranges::any_of(text, is_unprintable)) return fail("the address of a panel has no blanks in it");
  std::string url(text);
  if (const auto end = text.find("://"); end == npos || end > text.find_first_of("/?#"))
    url = concat("http://", text);
  const auto path_at = path_begin(url);
  if (path_at == npos) return fail("the address of a panel is a host or begins with http:// or https://");
  const auto stream = identify(url);
  const std::string_view whole = stream ? stream->base : std::string_view(url);
  const auto authority_at = whole.find("://") + 3;
  const auto authority = whole.substr(authority_at, path_at - authority_at);
  const auto host_at = authority.rfind('@') + 1; // npos + 1 is 0
  const auto host = authority.substr(host_at);
  const auto port = port_of(host);
  if (!port) return fail(concat("what follows the host is no port: ", quote(host)));
  if (host.size() == port->size()) return fail("the address of a panel needs a host");

  auto rest = whole.substr(std::min(path_at, whole.size()));
  rest = rest.substr(0, rest.find('#'));
  const auto path = folder_of(rest.substr(0, rest.find('?')));
  const auto query = rest.substr(std::min(rest.find('?'), rest.size()));
  Pasted pasted{{concat(lower(whole.substr(0, authority_at)), lower(host), path)}, std::nullopt};
  if (stream)
    pasted.login = login_of(decode(stream->user, false), decode(stream->password, false));
  else if (!query.empty())
    pasted.login =
        login_of(find_parameter(query.substr(1), "username"), find_parameter(query.substr(1), "password"));
  if (!pasted.login && host_at > 0) pasted.login = login_of_userinfo(authority.substr(0, host_at - 1));
  return pasted;
}

std::string api_url(const Panel& panel, const Login& login, std::string_view action,
                    const Parameters& parameters) {
  std::string url = concat(panel.base, "/player_api.php?username=", encode(login.user),
                           "&password=", encode(login.password));
  if (!action.empty()) url += concat("&action=", encode(action));
  for (const auto& [name, value] : parameters)
    url += concat('&', encode(name), '=', encode(value));
  return url;
}

std::string guide_url(const Panel& panel, const Login& login) {
  return concat(panel.base, "/xmltv.php?username=", encode(login.user), "&password=", encode(login.password));
}

std::string live_url(const Panel& panel, const Login& login, std::int64_t stream, std::string_view extension,
                     LivePath path) {
  return concat(panel.base, path == LivePath::Full ? "/live/" : "/", encode(login.user), '/',
                encode(login.password), '/', stream, extension.empty() ? "" : ".", extension);
}

std::optional<StreamAddress> identify(std::string_view url) noexcept {
  const auto path_at = path_begin(url);
  if (path_at == npos) return std::nullopt;
  const auto stem = url.substr(0, std::min(url.find_first_of("?#|", path_at), url.size()));
  auto path = stem.substr(path_at);
  const auto file = take_last(path);
  const auto password = take_last(path);
  const auto user = take_last(path);
  if (!user || user->empty() || password->empty()) return std::nullopt;
  auto base = path;
  const auto kind = kind_of(take_last(base).value_or(""));
  if (!kind && (!path.empty() || is_reserved(*user))) return std::nullopt;
  const auto id = stream_id(*file, kind && *kind != StreamKind::Live);
  if (!id) return std::nullopt;
  const auto base_size = path_at + (kind ? base.size() : 0);
  return StreamAddress{kind.value_or(StreamKind::Live), *id, url.substr(0, base_size), *user, *password};
}

} // namespace relevo::xtream
