// SPDX-License-Identifier: LGPL-2.1-or-later
// What was found out about a stream while it played.
#pragma once

#include "model/past_event.hpp"

#include <vector>

namespace relevo::model {

struct MeasuredVideo {
  std::string codec{};   // "H.264" …
  std::string profile{}; // "High" …; "": not known
  unsigned width = 0;    // 0: not known, as the next ones
  unsigned height = 0;
  bool interlaced = false;
  double frames_per_second = 0;

  bool operator==(const MeasuredVideo&) const = default;
};

struct MeasuredAudio {
  std::string codec{};
  std::string language{}; // ISO 639-2; "": not told
  unsigned sample_rate = 0;
  unsigned channels = 0;

  bool operator==(const MeasuredAudio&) const = default;
};

/// Of a stream, when it was played last.
struct Measured {
  StreamId stream{};
  Moment at{};
  std::uint64_t bits_per_second = 0;
  std::optional<MeasuredVideo> video{};
  std::vector<MeasuredAudio> audio{};

  bool operator==(const Measured&) const = default;
};

/// Why a stream was given up last.
struct StreamFailure {
  StreamId stream{};
  Moment at{};
  std::string kind{};   // "ended", "status" …
  std::string reason{}; // for people

  bool operator==(const StreamFailure&) const = default;
};

} // namespace relevo::model
