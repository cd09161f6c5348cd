// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading of X-Forwarded-For and Forwarded.
#include "forwarded.hpp"

#include "base/text.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace relevo::net {
namespace {

/// Where the item at the front of `text` ends; a separator in quotes is none.
std::size_t end_of_item(std::string_view text, char separator) noexcept {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] == separator && !quoted) return i;
  }
  return text.size();
}

/// Calls `take` with the items of a list, without the spaces around them.
template <class Take>
void for_each_item(std::string_view list, char separator, const Take& take) {
  for (;;) {
    const auto end = end_of_item(list, separator);
    take(trim(list.substr(0, end)));
    if (end == list.size()) return;
    list.remove_prefix(end + 1);
  }
}

/// "192.0.2.1", "192.0.2.1:80", "2001:db8::1", "[2001:db8::1]:80".
std::optional<IpAddress> parse_node(std::string_view node) {
  if (node.starts_with('[')) {
    const auto end = node.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    return IpAddress::parse(node.substr(1, end - 1));
  }
  const auto colon = node.find(':');
  const bool port = colon != std::string_view::npos && node.find(':', colon + 1) == std::string_view::npos;
  return IpAddress::parse(port ? node.substr(0, colon) : node);
}

/// The node of "for=192.0.2.1;proto=http"; "": there is none.
std::string_view find_for(std::string_view element) {
  std::string_view node;
  for_each_item(element, ';', [&node](std::string_view pair) {
    if (!starts_with_nocase(pair, "for=")) return;
    node = pair.substr(4);
    if (node.size() >= 2 && node.front() == '"' && node.back() == '"') node = node.substr(1, node.size() - 2);
  });
  return node;
}

/// The nodes in the order in which they were passed, from the client on.
std::vector<std::string_view> list_nodes(const Fields& headers) {
  std::vector<std::string_view> nodes;
  for (const auto& [name, value] : headers)
    if (equal_nocase(name, "X-Forwarded-For"))
      for_each_item(value, ',', [&nodes](std::string_view node) { nodes.push_back(node); });
  if (!nodes.empty()) return nodes;
  for (const auto& [name, value] : headers)
    if (equal_nocase(name, "Forwarded"))
      for_each_item(value, ',', [&nodes](std::string_view element) { nodes.push_back(find_for(element)); });
  return nodes;
}

} // namespace

IpAddress client_of(const IpAddress& peer, const Fields& headers, const Networks& trusted) {
  if (!contains(trusted, peer)) return peer;
  IpAddress client = peer;
  const auto nodes = list_nodes(headers);
  for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
    const auto named = parse_node(*node);
    if (!named) return client; // it hides him, or lies: who told so is all that is known
    client = *named;
    if (!contains(trusted, client)) return client;
  }
  return client;
}

} // namespace relevo::net
