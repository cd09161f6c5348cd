// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading, writing and comparing of addresses and networks.
#include "ip/network.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace relevo::ip {
namespace {

constexpr unsigned kBits = 128;
constexpr unsigned kV4Prefix = 96; // of ::ffff:0:0, where IPv4 lives
constexpr IpAddress::Bytes kV4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

/// The address with all bits behind the prefix zero.
IpAddress mask(const IpAddress& address, unsigned prefix) noexcept {
  IpAddress::Bytes bytes = address.bytes();
  for (unsigned i = 0; i < bytes.size(); ++i) {
    const unsigned kept = prefix > 8 * i ? std::min(prefix - 8 * i, 8U) : 0;
    bytes[i] &= static_cast<std::uint8_t>(0xff00U >> kept);
  }
  return IpAddress(bytes);
}

} // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  const std::string terminated(text);
  Bytes bytes = kV4;
  if (inet_pton(AF_INET, terminated.c_str(), bytes.data() + 12) == 1) return IpAddress(bytes);
  if (inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1) return IpAddress(bytes);
  return std::nullopt;
}

bool IpAddress::is_v4() const noexcept {
  return std::equal(bytes_.begin(), bytes_.begin() + 12, kV4.begin());
}

std::string IpAddress::text() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (is_v4())
    inet_ntop(AF_INET, bytes_.data() + 12, text.data(), text.size());
  else
    inet_ntop(AF_INET6, bytes_.data(), text.data(), text.size());
  return text.data();
}

Network::Network(const IpAddress& address, unsigned prefix) noexcept
    : first_(mask(address, prefix)), prefix_(prefix) {}

Result<Network> Network::parse(std::string_view text) {
  const auto slash = text.find('/');
  const std::string_view written = text.substr(0, slash);
  const auto address = IpAddress::parse(written);
  if (!address) return fail(concat("\"", text, "\" is no IPv4 or IPv6 address and no network of them"));
  if (slash == std::string_view::npos) return Network(*address, kBits);
  const bool v4 = written.find(':') == std::string_view::npos;
  const unsigned longest = v4 ? kBits - kV4Prefix : kBits;
  const auto prefix = parse_number<unsigned>(text.substr(slash + 1));
  if (!prefix || *prefix > longest)
    return fail(concat("\"", text, "\": what follows the slash is no number from 0 to ", longest));
  const Network network(*address, v4 ? *prefix + kV4Prefix : *prefix);
  if (network.first_ != *address)
    return fail(concat("\"", text, "\" names a host and not a network: ", network.text(), " is meant, or ",
                       address->text()));
  return network;
}

Network Network::site_of(const IpAddress& address) noexcept {
  return {address, address.is_v4() ? kBits : kBits / 2};
}

bool Network::contains(const IpAddress& address) const noexcept {
  return (prefix_ >= kV4Prefix || !address.is_v4()) && mask(address, prefix_) == first_;
}

std::string Network::text() const {
  if (prefix_ == kBits) return first_.text();
  const bool v4 = first_.is_v4() && prefix_ >= kV4Prefix;
  return concat(first_.text(), "/", v4 ? prefix_ - kV4Prefix : prefix_);
}

Result<Networks> parse_networks(std::string_view text) {
  constexpr std::string_view kSeparators = ", \t";
  Networks networks;
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(kSeparators), text.size()));
    if (text.empty()) return networks;
    const auto word = text.substr(0, text.find_first_of(kSeparators));
    auto network = Network::parse(word);
    if (!network) return tl::unexpected(network.error());
    networks.push_back(*network);
    text.remove_prefix(word.size());
  }
}

bool contains(const Networks& networks, const IpAddress& address) noexcept {
  return std::ranges::any_of(networks, [&](const Network& network) { return network.contains(address); });
}

} // namespace relevo::ip
