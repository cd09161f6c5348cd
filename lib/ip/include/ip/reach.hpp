// SPDX-License-Identifier: LGPL-2.1-or-later
// Reach: where a fetch may connect to, so that a provider's list or redirect cannot make us ask its
// neighbours' or our own machines.
#pragma once

#include "base/result.hpp"
#include "ip/kind.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace relevo::ip {

/// Whether addresses of the inside may be connected to.
enum class AllowPrivate {
  Own,    // that of the own host; others only where the own host is inside itself
  Always, // all
  Never,  // none but those in Reach::networks
};

/// Fixed names: "own", "always", "never".
[[nodiscard]] std::string_view name_of(AllowPrivate allow) noexcept;
[[nodiscard]] Result<AllowPrivate> parse_allow_private(std::string_view text);

struct Reach {
  AllowPrivate allow_private = AllowPrivate::Own;
  Networks networks{};        // may be connected to, whatever is there
  std::uint16_t own_port = 0; // on which this program itself listens; 0: on none
  /// That a person typed: of an account's or guide's address. All other hosts were told by it, in lists and
  /// redirects. "": there is none.
  std::string own_host{};

  bool operator==(const Reach&) const = default;
};

/// What is about to be connected to.
struct Target {
  std::string_view host; // as it was asked for
  IpAddress address;     // what its name was resolved to
  std::uint16_t port = 0;
};

/// What is only looked up where the answer depends on it.
struct Surroundings {
  std::function<bool()> own_host_is_inside{};
  std::function<bool()> is_this_machine{}; // the target's address
};

/// Empty: it may be connected to. Otherwise why not: host, address and rule, for people.
[[nodiscard]] std::optional<std::string> find_objection(const Reach& reach, const Target& target,
                                                        const Surroundings& surroundings);

/// Whether a stream's address that was told may be opened, as far as the address alone says: its scheme is
/// one of a network (or all is allowed), and a host that is a number may be connected to. Empty: it may.
[[nodiscard]] std::optional<std::string> find_objection(const Reach& reach, std::string_view url);

/// As one line for the property of an element, "private=own own=panel.example port=8383 networks=10.0.0.0/8";
/// what is the default is left out. "" as text means that there is no reach: everything may be connected to.
[[nodiscard]] std::string write_reach(const Reach& reach);
[[nodiscard]] Result<std::optional<Reach>> parse_reach(std::string_view text);

/// The host of a URL, without brackets; "" where it has none.
[[nodiscard]] std::string_view host_of(std::string_view url) noexcept;

} // namespace relevo::ip
