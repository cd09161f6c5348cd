// SPDX-License-Identifier: LGPL-2.1-or-later
// One logo, from the server that has it.
#pragma once

#include "gx/cancel.hpp"
#include "ip/reach.hpp"
#include "logos/picture.hpp"
#include "model/account.hpp"

#include <cstddef>
#include <string>
#include <tl/expected.hpp>

namespace relevo::logos {

inline constexpr std::size_t kMostBytes = std::size_t{1} << 20;

struct Wish {
  std::string url{};          // as a list, or a person, wrote it
  model::Requests requests{}; // of the account whose list it was
  std::string own_url{};      // of the account: its headers go to that server alone
  ip::Reach reach{};          // with the account's own host
};

/// All that the answer depends on. "": its URL is none of the web, or too long to be one.
[[nodiscard]] std::string key_of(const Wish& wish);
/// The server, and the way to it.
[[nodiscard]] std::string server_key_of(const Wish& wish);

struct Problem {
  std::string message;    // for people, without secrets
  bool of_server = false; // that way: its other logos would fail as well, and cost as much time
};

/// Blocks, in a worker.
[[nodiscard]] tl::expected<Picture, Problem> fetch(const Wish& wish, const gx::CancelToken& token);

} // namespace relevo::logos
