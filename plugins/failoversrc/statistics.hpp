// SPDX-License-Identifier: LGPL-2.1-or-later
// Statistics: what failoversrc has done and measured, candidate by candidate.
#pragma once

#include "candidate.hpp"
#include "feed.hpp"
#include "gstx/structure.hpp"

#include <deque>
#include <map>

namespace relevo::failoversrc {

class Statistics {
 public:
  void on_open(const std::string& id, policy::Time at);
  void on_first_byte(const std::string& id, policy::Time at);
  void on_entry(const std::string& id, policy::Time at);
  void on_failure(const std::string& id, const policy::Verdict& verdict, const std::string& text,
                  double penalty);
  void on_switch(const std::string& id, policy::Reason reason, policy::Duration gap);
  /// Nothing is on until the next switch, if it was.
  void on_close(const std::string& id);
  void on_signs(const std::string& id, const Signs& signs, policy::Time at);

  [[nodiscard]] gstx::Structure write(const ts::SpliceCounters& splices) const;

 private:
  struct OfCandidate {
    std::uint64_t attempts = 0;
    std::map<policy::Failure, std::uint64_t> failures;
    std::string last_failure; // name and text
    double penalty = 0;       // at the last failure
    policy::Time opened_at{};
    std::optional<policy::Duration> first_byte, entry;            // of the last opening that got there
    std::uint64_t bytes = 0, continuity_errors = 0;               // of all openings
    std::uint64_t bytes_before = 0, continuity_errors_before = 0; // of those that are closed
    double bitrate = 0;                                           // bit/s, over the last second or more
    std::uint64_t bytes_then = 0;
    policy::Time then{};
  };
  struct Switch {
    std::string to;
    policy::Reason reason;
    policy::Duration gap;
  };
  static constexpr std::size_t kSwitchesKept = 32;

  [[nodiscard]] static gstx::Structure write(const std::string& id, const OfCandidate& candidate);

  std::map<std::string, OfCandidate> candidates_;
  std::string current_, previous_;
  std::uint64_t switches_ = 0;
  std::deque<Switch> last_switches_;
};

} // namespace relevo::failoversrc
