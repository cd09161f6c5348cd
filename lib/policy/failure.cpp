// SPDX-License-Identifier: LGPL-2.1-or-later
// Names of failures.
#include "policy/failure.hpp"

namespace relevo::policy {

std::string_view name_of(Failure failure) noexcept {
  switch (failure) {
  case Failure::Refused: return "refused";
  case Failure::Dns: return "dns";
  case Failure::Status: return "status";
  case Failure::NotTransportStream: return "not-a-transport-stream";
  case Failure::Ended: return "ended";
  case Failure::Truncated: return "truncated";
  case Failure::SlotRefused: return "slot-refused";
  case Failure::Other: return "other";
  case Failure::SlotTimeout: return "slot-timeout";
  case Failure::ConnectTimeout: return "connect-timeout";
  case Failure::FirstByteTimeout: return "first-byte-timeout";
  case Failure::EntryTimeout: return "entry-timeout";
  case Failure::Stalled: return "stalled";
  case Failure::Slow: return "slow";
  case Failure::Scrambled: return "scrambled";
  case Failure::NoVideo: return "no-video";
  }
  return "other";
}

std::optional<Failure> find_failure(std::string_view name) noexcept {
  for (auto value = static_cast<int>(Failure::Refused); value <= static_cast<int>(Failure::NoVideo); ++value)
    if (name_of(static_cast<Failure>(value)) == name) return static_cast<Failure>(value);
  return std::nullopt;
}

} // namespace relevo::policy
