// SPDX-License-Identifier: LGPL-2.1-or-later
// What clients ask of HDHomeRun devices by packets, and what they are answered.
#pragma once

#include "hdhr/device_id.hpp"
#include "hdhr/packet.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace relevo::hdhr {

/// "Who is there?"
struct DiscoverRequest {
  bool tuners = true;           // devices with tuners are meant
  std::optional<DeviceId> id{}; // empty: any

  bool operator==(const DiscoverRequest&) const = default;
};
/// The payload of a packet of that type, as the next one.
[[nodiscard]] Result<DiscoverRequest> parse_discover_request(Bytes payload);

struct DiscoverReply {
  DeviceId id{};
  unsigned tuners = 1;
  std::string base_url{};
  std::string lineup_url{};
  std::string auth{}; // kAuthSize letters
};
/// Clients take an address that is longer for none, as one with a name in place of numbers.
constexpr std::size_t kLongestBaseUrl = 28;
constexpr std::size_t kAuthSize = 24; // or none is seen
[[nodiscard]] std::string write_discover_reply(const DiscoverReply& reply);

/// A variable is read, or written.
struct GetSet {
  std::string_view name{};
  std::optional<std::string_view> value{}; // empty: it is read
  std::uint32_t lock_key = 0;              // 0: none is shown

  bool operator==(const GetSet&) const = default;
};
[[nodiscard]] Result<GetSet> parse_get_set(Bytes payload);
[[nodiscard]] std::string write_get_set_reply(std::string_view name, std::string_view value);
/// `message` without the "ERROR: " that it gets.
[[nodiscard]] std::string write_get_set_error(std::string_view message);

} // namespace relevo::hdhr
