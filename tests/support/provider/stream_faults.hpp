// SPDX-License-Identifier: LGPL-2.1-or-later
// The faults that one response suffers: those of its URL and those set on its channel, at a moment in time.
#pragma once

#include "provider/media_loop.hpp"
#include "provider/station.hpp"

namespace relevo::provider {

/// When something happens: by the wall clock, and by the time of the stream (they differ when it is played
/// faster).
struct Moment {
  Clock::time_point wall;
  Seconds stream{0}; // since the response, or the HLS session, began
};

class StreamFaults {
 public:
  StreamFaults(Station& station, std::string channel, FaultPlan url)
      : station_(station), channel_(std::move(channel)), url_(std::move(url)) {}

  /// A fault set on the channel wins over one in the URL.
  [[nodiscard]] std::optional<Fault> active(FaultKind kind, Moment at) const;
  [[nodiscard]] bool in_url(FaultKind kind) const { return url_.has(kind); }
  [[nodiscard]] Content content(Moment at) const;
  [[nodiscard]] const std::string& channel() const { return channel_; }
  [[nodiscard]] Station& station() const { return station_; }

 private:
  Station& station_;
  std::string channel_;
  FaultPlan url_;
};

/// Refuses, holds, or answers in place of the real handler where a fault says so; true when there is nothing
/// left to answer.
[[nodiscard]] bool answer_faultily(Exchange& exchange, const StreamFaults& faults, Moment now);
/// Likewise, for faults without times.
[[nodiscard]] bool answer_faultily(Exchange& exchange, const FaultPlan& faults);

} // namespace relevo::provider
