// SPDX-License-Identifier: LGPL-2.1-or-later
// What counts as a secret in a provider's URLs and headers, and where it ends.
#include "uri/redact.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace relevo::uri {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return to_lower(c) >= 'a' && to_lower(c) <= 'z';
}
bool is_hex(char c) {
  return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f');
}

template <std::size_t n>
bool is_one_of(std::string_view word, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

template <std::size_t n>
bool contains_one_of(std::string_view word, const std::array<std::string_view, n>& parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view p) { return word.find(p) != npos; });
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// Lower case, without the separators that differ between providers ("access-token", "access_token").
std::string normalise_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c != '-' && c != '_' && c != '.') out += to_lower(c);
  }
  return out;
}

bool is_secret_name(std::string_view name) {
  static constexpr std::array<std::string_view, 15> kWhole = {
      "user",      "login",  "mac",  "sn", "key", "sid",   "pwd",  "deviceid",
      "deviceid2", "serial", "hash", "k",  "uid", "hdnts", "hdnea"};
  static constexpr std::array<std::string_view, 10> kParts = {
      "username", "pass", "token", "secret", "auth", "apikey", "sign", "credential", "session", "cookie"};
  const auto normal = normalise_name(name);
  return is_one_of(std::string_view(normal), kWhole) || contains_one_of(normal, kParts);
}

/// Length of the MAC address that `text` begins with (colons, dashes or %3A), 0 where it begins with none.
std::size_t mac_length(std::string_view text) {
  std::size_t at = 0;
  for (int pair = 0; pair < 6; ++pair) {
    if (pair != 0) {
      const auto rest = text.substr(at);
      if (!rest.empty() && (rest[0] == ':' || rest[0] == '-')) {
        ++at;
      } else if (starts_with_nocase(rest, "%3a")) {
        at += 3;
      } else {
        return 0;
      }
    }
    if (at + 2 > text.size() || !is_hex(text[at]) || !is_hex(text[at + 1])) return 0;
    at += 2;
  }
  return at < text.size() && is_hex(text[at]) ? 0 : at;
}

std::string redact_macs(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    if (const auto length = mac_length(text); length != 0) {
      out += kRedacted;
      text.remove_prefix(length);
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

/// A path segment that means nothing to a reader and may be a session or a signed link.
bool is_opaque_token(std::string_view segment) {
  constexpr std::size_t kShortestToken = 24;
  const auto stem = segment.substr(0, segment.find('.'));
  const auto digits = std::count_if(stem.begin(), stem.end(), is_digit);
  const auto letters = std::count_if(stem.begin(), stem.end(), is_letter);
  const auto others = static_cast<std::ptrdiff_t>(stem.size()) - digits - letters;
  return stem.size() >= kShortestToken && digits >= 2 && letters >= 2 && others <= 4;
}

bool is_stream_id(std::string_view segment) {
  const auto stem = segment.substr(0, segment.find('.'));
  return !stem.empty() && std::all_of(stem.begin(), stem.end(), is_digit);
}

/// Xtream Codes: `/live/USER/PASS/123.ts` and its sisters, and the short form `/USER/PASS/123`.
void redact_xtream(std::vector<std::string_view>& segments) {
  static constexpr std::array<std::string_view, 9> kBeforeAccount = {
      "live", "movie", "series", "timeshift", "playlist", "epg", "xmltv", "player_api", "hlsr"};
  for (std::size_t i = 0; i + 2 < segments.size(); ++i) {
    if (!is_one_of(segments[i], kBeforeAccount)) continue;
    segments[i + 1] = kRedacted;
    segments[i + 2] = kRedacted;
    // The redirect form puts a token in front: /hlsr/TOKEN/USER/PASS/…
    if (segments[i] == "hlsr" && i + 3 < segments.size()) segments[i + 3] = kRedacted;
    return;
  }
  // segments[0] is the empty one before the first slash.
  if (segments.size() == 4 && segments[0].empty() && is_stream_id(segments[3])) {
    segments[1] = kRedacted;
    segments[2] = kRedacted;
  }
}

std::string redact_path(std::string_view path) {
  auto segments = split(path, '/');
  redact_xtream(segments);
  std::string out;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (i != 0) out += '/';
    out += is_opaque_token(segments[i]) ? std::string(kRedacted) : redact_macs(segments[i]);
  }
  return out;
}

/// A value that is itself a URL, perhaps percent-encoded, may hold everything a URL may.
bool holds_url(std::string_view value) {
  std::string normal;
  std::transform(value.begin(), value.end(), std::back_inserter(normal), to_lower);
  return normal.find("://") != npos || normal.find("%3a%2f%2f") != npos || normal.find("%3a//") != npos;
}

std::string redact_query(std::string_view query) {
  std::string out;
  bool first = true;
  for (const auto parameter : split(query, '&')) {
    if (!first) out += '&';
    first = false;
    const auto equals = parameter.find('=');
    if (equals == npos) {
      out += is_opaque_token(parameter) ? std::string(kRedacted) : redact_macs(parameter);
      continue;
    }
    const auto value = parameter.substr(equals + 1);
    out += parameter.substr(0, equals + 1);
    const bool hide =
        is_secret_name(parameter.substr(0, equals)) || is_opaque_token(value) || holds_url(value);
    out += hide && !value.empty() ? std::string(kRedacted) : redact_macs(value);
  }
  return out;
}

std::string redact_authority(std::string_view authority) {
  const auto at = authority.rfind('@');
  if (at == npos) return std::string(authority);
  return std::string(kRedacted) + std::string(authority.substr(at));
}

bool ends_url(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>' || c == '`';
}

/// Where the URL that has its "://" at `colon` begins: its scheme is letters, digits, '+', '-' and '.'.
std::size_t scheme_begin(std::string_view text, std::size_t colon) {
  std::size_t begin = colon;
  while (begin > 0) {
    const char c = text[begin - 1];
    if (!is_letter(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') break;
    --begin;
  }
  return begin;
}

bool is_secret_header(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kWhole = {"authorization", "proxyauthorization", "cookie",
                                                             "setcookie", "wwwauthenticate"};
  const auto normal = normalise_name(name);
  return is_one_of(std::string_view(normal), kWhole) || is_secret_name(name);
}

/// One line without URLs: a credential header hides the rest of the line, and MAC addresses go.
std::string redact_line(std::string_view line) {
  static constexpr std::array<std::string_view, 4> kHeaders = {
      "authorization:", "cookie:", "x-auth-token:", "x-api-key:"};
  for (std::size_t i = 0; i < line.size(); ++i) {
    for (const auto header : kHeaders) {
      if (!starts_with_nocase(line.substr(i), header)) continue;
      return redact_macs(line.substr(0, i + header.size())) + " " + std::string(kRedacted);
    }
  }
  return redact_macs(line);
}

std::string redact_lines(std::string_view text) {
  std::string out;
  for (;;) {
    const auto end = text.find('\n');
    out += redact_line(text.substr(0, end));
    if (end == npos) return out;
    out += '\n';
    text.remove_prefix(end + 1);
  }
}

} // namespace

std::string redact_url(std::string_view url) {
  std::string out;
  std::string_view tail;
  if (const auto pipe = url.find('|'); pipe != npos) {
    tail = url.substr(pipe);
    url = url.substr(0, pipe);
  }
  if (const auto scheme = url.find("://"); scheme != npos) {
    out += url.substr(0, scheme + 3);
    url.remove_prefix(scheme + 3);
  }
  // A path has no account in front of it, so this is the authority, or harmless.
  const auto authority_end = std::min(url.find_first_of("/?#"), url.size());
  out += redact_authority(url.substr(0, authority_end));
  url.remove_prefix(authority_end);
  const auto path_end = std::min(url.find_first_of("?#"), url.size());
  out += redact_path(url.substr(0, path_end));
  url.remove_prefix(path_end);
  const auto query_end = std::min(url.find('#'), url.size());
  if (query_end > 0) out += '?' + redact_query(url.substr(1, query_end - 1));
  url.remove_prefix(query_end);
  if (!url.empty()) out += '#' + redact_query(url.substr(1));
  if (!tail.empty()) out += '|' + std::string(kRedacted);
  return out;
}

std::string redact_header(std::string_view name, std::string_view value) {
  return is_secret_header(name) ? std::string(kRedacted) : redact_text(value);
}

std::string redact_text(std::string_view text) {
  std::string out;
  for (;;) {
    const auto colon = text.find("://");
    if (colon == npos) return out + redact_lines(text);
    const auto begin = scheme_begin(text, colon);
    const auto end = static_cast<std::size_t>(
        std::find_if(text.begin() + static_cast<std::ptrdiff_t>(colon), text.end(), ends_url) - text.begin());
    out += redact_lines(text.substr(0, begin));
    out += redact_url(text.substr(begin, end - begin));
    text.remove_prefix(end);
  }
}

} // namespace relevo::uri
