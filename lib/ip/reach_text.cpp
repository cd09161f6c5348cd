// SPDX-License-Identifier: LGPL-2.1-or-later
// A reach as one line, and back.
#include "base/text.hpp"
#include "ip/reach.hpp"

#include <algorithm>
#include <utility>

namespace relevo::ip {
namespace {

Result<void> take(Reach& reach, std::string_view name, std::string_view value) {
  if (name == "private")
    return parse_allow_private(value).map([&](auto allow) { reach.allow_private = allow; });
  if (name == "networks")
    return parse_networks(value).map([&](auto networks) { reach.networks = std::move(networks); });
  if (name == "own") {
    if (std::ranges::any_of(value, [](char c) { return c >= 0 && c <= ' '; }))
      return fail(concat("own: ", quote(value), " is no host"));
    reach.own_host = value;
    return {};
  }
  if (name != "port") return fail(concat(quote(name), " is none of private, own, port and networks"));
  const auto port = parse_number<std::uint16_t>(value);
  if (!port) return fail(concat("port: ", quote(value), " is no port"));
  reach.own_port = *port;
  return {};
}

} // namespace

std::string write_reach(const Reach& reach) {
  auto text = concat("private=", name_of(reach.allow_private));
  if (!reach.own_host.empty()) text += concat(" own=", reach.own_host);
  if (reach.own_port != 0) text += concat(" port=", reach.own_port);
  for (std::size_t i = 0; i < reach.networks.size(); ++i)
    text += concat(i == 0 ? " networks=" : ",", reach.networks[i].text());
  return text;
}

Result<std::optional<Reach>> parse_reach(std::string_view text) {
  std::optional<Reach> reach;
  for (text = trim(text); !text.empty(); text = trim(text)) {
    const auto word = text.substr(0, text.find(' '));
    text.remove_prefix(word.size());
    const auto equals = word.find('=');
    if (equals == std::string_view::npos) return fail(concat(quote(word), " is no name=value"));
    if (!reach) reach.emplace();
    if (auto taken = take(*reach, word.substr(0, equals), word.substr(equals + 1)); !taken)
      return tl::unexpected(taken.error());
  }
  return reach;
}

} // namespace relevo::ip
