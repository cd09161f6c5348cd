// SPDX-License-Identifier: LGPL-2.1-or-later
// Why a source was given up.
#pragma once

#include "policy/time.hpp"

#include <optional>
#include <string_view>

namespace relevo::policy {

enum class Failure {
  // Told by whoever opens the source.
  Refused,            // no connection: refused, unreachable, reset
  Dns,                // the name has no address
  Status,             // an answer that is no success; Verdict::status has its code
  NotTransportStream, // what comes is something else
  Ended,              // a live stream that ends has failed
  Truncated,          // ended before its announced end
  SlotRefused,        // the login has no free connection
  Other,              // TLS, proxy, a command that exited …
  // Found by deadlines.
  SlotTimeout,
  ConnectTimeout,
  FirstByteTimeout,
  EntryTimeout, // no random access point
  Stalled,      // no bytes
  Slow,         // media time falls behind
  // Found by lasting ailments.
  Scrambled,
  NoVideo, // video stopped while sound goes on
};

/// A fixed name for logs and statistics: "dns", "entry-timeout" …
[[nodiscard]] std::string_view name_of(Failure failure) noexcept;

[[nodiscard]] std::optional<Failure> find_failure(std::string_view name) noexcept;

/// The source still gives something to show, so that it may stay on until the next one is ready.
[[nodiscard]] constexpr bool still_plays(Failure failure) noexcept {
  return failure == Failure::Slow || failure == Failure::NoVideo;
}

/// A failure with its evidence.
struct Verdict {
  Failure failure = Failure::Other;
  int status = 0;      // code of the answer, where there was one
  Duration measured{}; // how long it lasted, or how far the media fell behind; zero where nothing was timed
  Duration limit{};    // what was allowed

  bool operator==(const Verdict&) const = default;
};

} // namespace relevo::policy
