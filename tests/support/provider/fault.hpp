// SPDX-License-Identifier: LGPL-2.1-or-later
// What can go wrong at a provider: the kinds of faults, and plans that say when each of them is in force.
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <limits>
#include <string_view>
#include <vector>

namespace relevo::provider {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

enum class FaultKind {
  // Instead of an answer, or before it.
  Refuse,
  Hold,
  Status,
  Redirect,
  Html,
  // The transport of the body.
  HoldBody,
  Stall,
  Close,
  Reset,
  Truncate,
  Slow,
  Begin,
  // What is in the stream.
  Corrupt,
  Drop,
  Jump,
  Pids,
  Clip,
  Scrambled,
  NoVideo,
  Black,
  Frozen,
  Silent,
  // HLS only.
  StalePlaylist,
  MissingSegments,
  SequenceReset,
  Gap,
  NoKey,
  Fmp4,
  AudioApart,
  // Lists and guides of accounts only.
  Empty,
  Cut,
  Drip,
  Half,
  Renamed,
  Reordered,
  OtherHost,
  Token,
  Types,
  Keyed,
  Warning,
  BadLogin,
  Expired,
  // AceStream engines only.
  Reply,
  SlowStart,
  Prebuffer,
  NoPeers,
  WrongHost,
  Hang,
};

/// How a kind is written, whether it takes a value (one of several, or any), and what it does: for parsing
/// and for --help.
struct FaultInfo {
  FaultKind kind;
  std::string_view name;
  enum class Value { None, Number, Text } value;
  std::string_view meaning;
  std::vector<std::string_view> choices{}; // empty: any
};
[[nodiscard]] const std::vector<FaultInfo>& fault_table();

struct Fault {
  FaultKind kind;
  std::string text;  // the value as written
  double number = 0; // the value where it is a number
  Seconds from{0};
  Seconds to{std::numeric_limits<double>::infinity()};
};

/// NAME[:VALUE][@FROM[-TO]], times in seconds.
[[nodiscard]] Result<Fault> parse_fault(std::string_view text);

/// Faults and their times. Where two of a kind are in force the later one in the list counts.
class FaultPlan {
 public:
  void add(Fault fault) { faults_.push_back(std::move(fault)); }
  /// Null when no fault of the kind is in force at that time. Valid as long as the plan.
  [[nodiscard]] const Fault* active(FaultKind kind, Seconds at) const;
  [[nodiscard]] bool has(FaultKind kind) const; // at any time

 private:
  std::vector<Fault> faults_;
};

/// The clip that is shown while the fault is in force; empty where it needs none.
[[nodiscard]] std::string clip_needed(const Fault& fault);

} // namespace relevo::provider
