// SPDX-License-Identifier: LGPL-2.1-or-later
// Addresses taken apart by what may stand in them.
#include "outputs/base_url.hpp"

#include "base/text.hpp"

#include <cstdint>

namespace relevo::outputs {
namespace {

constexpr std::size_t kLongestHost = 255; // of names in the DNS
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool consists_of(std::string_view text, std::initializer_list<std::string_view> sets) {
  return std::ranges::all_of(text, [&sets](char c) {
    return std::ranges::any_of(sets, [c](std::string_view set) { return set.find(c) != set.npos; });
  });
}

bool is_host(std::string_view host) {
  if (host.empty() || host.size() > kLongestHost) return false;
  if (!host.starts_with('[')) return consists_of(host, {kLetters, kDigits, "-._"});
  if (!host.ends_with(']') || host.find(':') == host.npos) return false;
  return consists_of(host.substr(1, host.size() - 2), {kDigits, "abcdefABCDEF:."});
}

bool is_authority(std::string_view text) {
  const auto colon = text.find(':', text.starts_with('[') ? std::min(text.find(']'), text.size()) : 0);
  if (colon == text.npos) return is_host(text);
  const auto port = parse_number<std::uint16_t>(text.substr(colon + 1));
  return port && *port != 0 && is_host(text.substr(0, colon));
}

} // namespace

Result<std::string> base_of_host(std::string_view host, bool secure) {
  if (!is_authority(host))
    return fail(concat("the header Host tells no address of this server: ", quote(host)));
  return concat(secure ? "https://" : "http://", host);
}

Result<std::string> base_for(const net::Request& request, const std::string& public_address) {
  if (!public_address.empty()) return public_address;
  return base_of_host(request.header("Host"), request.secure);
}

Result<std::string> parse_public_address(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!text.starts_with(scheme)) continue;
    const auto rest = text.substr(scheme.size());
    const auto slash = std::min(rest.find('/'), rest.size());
    const auto path = rest.substr(slash);
    if (!is_authority(rest.substr(0, slash)) || !consists_of(path, {kLetters, kDigits, "/-._~%"})) break;
    return std::string(text.substr(0, text.find_last_not_of('/') + 1));
  }
  return fail(concat(quote(text), " is no address like http://tv.lan:8383 or https://tv.example/relevo"));
}

} // namespace relevo::outputs
