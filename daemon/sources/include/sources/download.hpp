// SPDX-License-Identifier: LGPL-2.1-or-later
// What a provider's server gives, into a file.
#pragma once

#include "gx/cancel.hpp"
#include "ip/reach.hpp"
#include "model/account.hpp"
#include "sources/trouble.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace relevo::sources {

struct DownloadPlan {
  std::string url; // that a person typed: redirects are what it tells
  model::Requests requests{};
  std::string validator{}; // of what we have: what a Download told the last time
  std::string file{};      // is written
  ip::Reach reach{};       // its own host is that of the URL
  std::uint64_t max_bytes = std::uint64_t{4} << 30;
};

struct Downloaded {
  bool unchanged = false; // the server says that we have it; the file is empty
  std::string url{};      // that answered, after redirects, with its secrets
  std::string validator{};
  std::uint64_t bytes = 0;
};

/// Blocks, in a worker. `on_progress` gets
/// the bytes so far, and of how many, 0 where the server did not say.
[[nodiscard]] Got<Downloaded> download(const DownloadPlan& plan,
                                       const std::function<void(std::uint64_t, std::uint64_t)>& on_progress,
                                       const gx::CancelToken& token);

} // namespace relevo::sources
