// SPDX-License-Identifier: LGPL-2.1-or-later
// URL parsing on GUri, and the rules of redirects.
#include "http/url.hpp"

#include "gx/handle.hpp"

#include <algorithm>
#include <array>
#include <libsoup/soup.h>
#include <optional>

namespace relevo::http {
namespace {

// Relaxed: a '%' that escapes nothing is common in tokens, and servers expect it back as it was.
constexpr auto kUriFlags = static_cast<GUriFlags>(SOUP_HTTP_URI_FLAGS | G_URI_FLAGS_PARSE_RELAXED);

std::optional<std::string> escape(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < ' ' || byte == 0x7f) return std::nullopt;
    if (byte > ' ' && byte < 0x7f) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 0xf];
    }
  }
  return out;
}

} // namespace

Uri parse_url(std::string_view text, const Uri& base) {
  const auto escaped = escape(text);
  if (!escaped) return {};
  auto uri = Uri::adopt(base ? g_uri_parse_relative(base.get(), escaped->c_str(), kUriFlags, nullptr)
                             : g_uri_parse(escaped->c_str(), kUriFlags, nullptr));
  if (!uri) return {};
  const std::string_view scheme = g_uri_get_scheme(uri.get());
  const char* host = g_uri_get_host(uri.get());
  if ((scheme != "http" && scheme != "https") || !host || *host == '\0') return {};
  return uri;
}

std::string to_string(const Uri& uri) {
  return gx::CString(g_uri_to_string(uri.get())).get();
}

Uri without_userinfo(const Uri& uri) {
  return Uri::adopt(
      soup_uri_copy(uri.get(), SOUP_URI_USER, nullptr, SOUP_URI_PASSWORD, nullptr, SOUP_URI_NONE));
}

std::string host_of(const Uri& uri) {
  return g_uri_get_host(uri.get());
}

int port_of(const Uri& uri) {
  const int port = g_uri_get_port(uri.get());
  if (port != -1) return port;
  return std::string_view(g_uri_get_scheme(uri.get())) == "https" ? 443 : 80;
}

std::string basic_credentials(const Uri& uri) {
  const char* user = g_uri_get_user(uri.get());
  if (!user) return {};
  const char* password = g_uri_get_password(uri.get());
  const auto pair = std::string(user) + ":" + (password ? password : "");
  const gx::CString encoded(g_base64_encode(reinterpret_cast<const guchar*>(pair.data()), pair.size()));
  return std::string("Basic ") + encoded.get();
}

bool same_party(const Uri& origin, const Uri& target) {
  if (g_ascii_strcasecmp(g_uri_get_host(origin.get()), g_uri_get_host(target.get())) != 0) return false;
  const std::string_view from = g_uri_get_scheme(origin.get());
  const std::string_view to = g_uri_get_scheme(target.get());
  if (from == to) return port_of(origin) == port_of(target);
  return to == "https" && port_of(origin) == 80 && port_of(target) == 443;
}

Headers headers_for_stranger(const Headers& headers) {
  static constexpr std::array<const char*, 8> kHarmless = {
      "Accept", "Accept-Encoding", "Accept-Language", "Referer",
      "Origin", "Range",           "Icy-MetaData",    "Cache-Control"};
  Headers out;
  for (const auto& header : headers) {
    const bool harmless = std::any_of(kHarmless.begin(), kHarmless.end(), [&](const char* name) {
      return g_ascii_strcasecmp(name, header.name.c_str()) == 0;
    });
    if (harmless) out.push_back(header);
  }
  return out;
}

bool is_redirect(unsigned status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Method method_after(unsigned status, Method method) {
  if (status == 303 && method != Method::Head) return Method::Get;
  if ((status == 301 || status == 302) && method == Method::Post) return Method::Get;
  return method;
}

} // namespace relevo::http
