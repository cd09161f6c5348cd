// SPDX-License-Identifier: LGPL-2.1-or-later
// What a channel's pipeline is told, and what it tells: plain values.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relevo::channel {

using Headers = std::vector<std::pair<std::string, std::string>>; // name and value

/// One source of a channel, as failoversrc knows it.
struct Candidate {
  std::string id;    // stays with it when its URL changes
  std::string label; // for people
  std::string uri;
  std::string command{};    // of execsrc, that brings the stream; "": the URI says how it is read
  std::string channel_id{}; // for the command
  Headers headers{};
  std::string user_agent{};
  std::string proxy{};
  std::string slot_key{}; // what its connections are counted by; "": nobody counts
  std::string reach{};    // where it may lead, as ip::write_reach() says; "": anywhere
  double penalty = 0;     // points that it starts with

  bool operator==(const Candidate&) const = default;
};

struct Sources {
  std::vector<Candidate> candidates{}; // the best first
  /// How many connections each slot key allows; a key that is missing allows one.
  std::map<std::string, unsigned> slots{};

  bool operator==(const Sources&) const = default;
};

struct ChannelSpec {
  Sources sources{};
  std::string service_name{};
  std::string slate{}; // file with a transport stream; "": none

  bool operator==(const ChannelSpec&) const = default;
};

using ViewerId = std::uint64_t; // never 0

/// A decision of failoversrc, as contract::kFailover has it. What says nothing is empty or zero.
struct Decision {
  std::string what; // "open", "switch", "give-up" …
  std::string candidate{};
  std::string label{};
  std::string from{}; // with "switch": the candidate before
  std::string reason{};
  std::string failure{}; // with "give-up", as the next ones: a name of policy::Failure
  int status = 0;
  std::string text{};
  std::chrono::nanoseconds measured{};
  std::chrono::nanoseconds limit{};
  double penalty = 0;
  std::chrono::nanoseconds gap{};  // with "switch"
  std::chrono::nanoseconds wait{}; // with "back-off"
};

struct ViewerStats {
  ViewerId id = 0;
  std::uint64_t bytes = 0;
  std::uint64_t skips = 0;
  std::uint64_t lag_bytes = 0;
  std::chrono::nanoseconds lag{};
};

struct Departure {
  ViewerId id = 0;
  std::string reason{}; // "hung-up", "stalled", "removed" …
  std::uint64_t bytes = 0;
  std::uint64_t skips = 0;
};

struct CandidateStats {
  std::string id{};
  std::uint64_t attempts = 0;
  std::uint64_t failures = 0;
  std::string last_failure{};
  double penalty = 0;
  std::uint64_t bytes = 0; // that came from it, over all of its openings
  double bitrate = 0;      // bits a second
  std::uint64_t continuity_errors = 0;
};

struct VideoFacts {
  std::string codec{};   // "H.264" …
  std::string profile{}; // "High" …; "": not known
  unsigned width = 0;    // 0: not known, as the next ones
  unsigned height = 0;
  bool interlaced = false;
  double frames_per_second = 0; // by their time stamps
};

struct AudioFacts {
  std::string codec{};
  std::string language{}; // ISO 639-2; "": not told
  unsigned sample_rate = 0;
  unsigned channels = 0;
};

/// What viewers get now.
struct Facts {
  std::uint64_t bits_per_second = 0; // over the last two seconds
  std::optional<VideoFacts> video{};
  std::vector<AudioFacts> audio{};
};

struct ChannelStats {
  std::string current{}; // id of the candidate that is on; "": none
  std::uint64_t switches = 0;
  std::vector<CandidateStats> candidates{}; // that were tried
  std::vector<ViewerStats> viewers{};       // by age
  Facts facts{};
};

} // namespace relevo::channel
