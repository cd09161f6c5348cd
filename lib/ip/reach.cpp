// SPDX-License-Identifier: LGPL-2.1-or-later
// The rules of where a fetch may connect to.
#include "ip/reach.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>

namespace relevo::ip {
namespace {

/// Those of networks. What else there is (file, a device, a pipe) is of this machine, and no list's business.
constexpr std::array<std::string_view, 17> kSchemes = {
    "http",  "https",  "rtsp", "rtsps", "rtspt", "rtspu", "rtmp",      "rtmps", "rtmpe",
    "rtmpt", "rtmpte", "mms",  "mmsh",  "srt",   "udp",   "acestream", "rtp"};

std::string_view scheme_of(std::string_view url) noexcept {
  return url.substr(0, std::min(url.find(':'), url.size()));
}

bool is_one_of(std::string_view scheme, std::initializer_list<std::string_view> names) noexcept {
  return std::ranges::any_of(names, [&](std::string_view name) { return equal_nocase(scheme, name); });
}

/// Also in the spellings that a resolver of names understands: 127.1, 2130706433, 0x7f.0.0.1.
std::optional<IpAddress> find_number(std::string_view host) {
  if (auto address = IpAddress::parse(host)) return address;
  in_addr number{};
  if (host.empty() || inet_aton(std::string(host).c_str(), &number) == 0) return std::nullopt;
  std::array<char, INET_ADDRSTRLEN> text{};
  inet_ntop(AF_INET, &number, text.data(), text.size());
  return IpAddress::parse(text.data());
}

bool is_own(const Reach& reach, std::string_view host) noexcept {
  return !reach.own_host.empty() && equal_nocase(host, reach.own_host);
}

std::string describe(const Target& target, Kind kind) {
  const auto address = target.address.text();
  return concat(target.host == address ? "" : concat(target.host, " is "), address, ", a ", name_of(kind),
                " address, ");
}

std::optional<std::string> object_to_inside(const Reach& reach, const Target& target, Kind kind,
                                            const Surroundings& surroundings) {
  const auto what = [&] { return describe(target, kind); };
  switch (reach.allow_private) {
  case AllowPrivate::Always: return std::nullopt;
  case AllowPrivate::Never: return concat(what(), "and none is allowed (fetch: allow_private = never)");
  case AllowPrivate::Own: break;
  }
  if (is_own(reach, target.host)) return std::nullopt;
  if (surroundings.own_host_is_inside && surroundings.own_host_is_inside()) return std::nullopt;
  return concat(what(),
                "which a list or redirect may not lead to from outside (fetch: allow_private = own; "
                "networks = ",
                target.address.text(), " allows it)");
}

} // namespace

std::string_view name_of(AllowPrivate allow) noexcept {
  switch (allow) {
  case AllowPrivate::Own: return "own";
  case AllowPrivate::Always: return "always";
  case AllowPrivate::Never: break;
  }
  return "never";
}

Result<AllowPrivate> parse_allow_private(std::string_view text) {
  for (const auto allow : {AllowPrivate::Own, AllowPrivate::Always, AllowPrivate::Never})
    if (name_of(allow) == text) return allow;
  return fail(concat(quote(text), " is none of own, always and never"));
}

std::optional<std::string> find_objection(const Reach& reach, const Target& target,
                                          const Surroundings& surroundings) {
  if (reach.own_port != 0 && target.port == reach.own_port && surroundings.is_this_machine &&
      surroundings.is_this_machine())
    return concat(target.host, ':', target.port, " is this server itself, which is never fetched from");
  if (contains(reach.networks, target.address)) return std::nullopt;
  const Kind kind = kind_of(target.address);
  switch (kind) {
  case Kind::Public: return std::nullopt;
  case Kind::Metadata:
    return concat(describe(target, kind), "where a cloud keeps secrets, which is never fetched from");
  case Kind::Multicast:
  case Kind::Reserved:
    if (is_own(reach, target.host)) return std::nullopt;
    return concat(describe(target, kind), "where nothing can be fetched from");
  case Kind::Private:
  case Kind::Loopback:
  case Kind::LinkLocal:
  case Kind::Unspecified: break;
  }
  return object_to_inside(reach, target, kind, surroundings);
}

std::optional<std::string> find_objection(const Reach& reach, std::string_view url) {
  const auto scheme = scheme_of(url);
  if (reach.allow_private != AllowPrivate::Always &&
      std::ranges::none_of(kSchemes, [&](auto known) { return equal_nocase(scheme, known); }))
    return concat("a list may not lead to ", quote(scheme), " addresses");
  // They are received, not asked for; what an engine is asked for is its business.
  if (is_one_of(scheme, {"udp", "rtp", "acestream"})) return std::nullopt;
  const auto host = host_of(url);
  const auto address = find_number(host);
  if (!address) return std::nullopt;
  const auto own = find_number(reach.own_host);
  const Surroundings surroundings{[&] { return own && is_inside(kind_of(*own)); }, {}};
  return find_objection(reach, Target{host, *address, 0}, surroundings);
}

std::string_view host_of(std::string_view url) noexcept {
  const auto begin = url.find("://");
  if (begin == std::string_view::npos) return {};
  url.remove_prefix(begin + 3);
  url = url.substr(0, url.find_first_of("/?#\\"));
  if (const auto at = url.rfind('@'); at != std::string_view::npos) url.remove_prefix(at + 1);
  if (url.starts_with('[')) return url.substr(1, std::min(url.find(']'), url.size()) - 1);
  return url.substr(0, url.find(':'));
}

} // namespace relevo::ip
