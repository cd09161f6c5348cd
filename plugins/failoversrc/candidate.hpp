// SPDX-License-Identifier: LGPL-2.1-or-later
// What failoversrc is told about its candidates, and the names by which they are known over changes of the
// list.
#pragma once

#include "gstx/property.hpp"
#include "policy/failover_messages.hpp"

#include <gst/gst.h>
#include <map>
#include <string>
#include <vector>

namespace relevo::failoversrc {

/// One source of the channel, as the application describes it.
struct CandidateSpec {
  std::string uri;
  std::string id;         // by which it is known when the list or its URI changes; "": its URI
  std::string label;      // for people; "": its URI, redacted
  std::string command;    // that brings the stream, for execsrc; "": by the URI
  std::string channel_id; // that the command may ask for
  std::string user_agent;
  gstx::Pairs headers;
  std::string proxy;
  std::string reach;    // where it may lead, as the property of tshttpsrc; "": anywhere
  std::string slot_key; // of the login whose connections are counted; "": nobody counts
  double penalty = 0;

  bool operator==(const CandidateSpec&) const = default;
};

/// How long a command may take to its first byte at least: programs look at a stream before they write it,
/// and some look for it first.
inline constexpr std::chrono::milliseconds kCommandStart{15'000};

/// Fields as the members, with '-' for '_'. What is of another type or unknown is left aside; without a uri
/// the candidate cannot be opened, and fails when it is tried.
[[nodiscard]] CandidateSpec parse_candidate(const GstStructure* structure);
[[nodiscard]] GstStructure* make_structure(const CandidateSpec& candidate); // transfer full

/// Gives every id a number that stays with it.
class CandidateBook {
 public:
  /// The whole list, new or changed.
  void take(std::vector<CandidateSpec> list);

  [[nodiscard]] const std::vector<CandidateSpec>& list() const noexcept { return list_; }
  [[nodiscard]] std::vector<policy::Candidate> candidates() const;
  /// Of the newest list; null when it is no longer there.
  [[nodiscard]] const CandidateSpec* find(policy::CandidateId number) const;
  [[nodiscard]] std::optional<policy::CandidateId> number_of(const std::string& id) const;
  /// The id of any that was ever in the list.
  [[nodiscard]] const std::string& id_of(policy::CandidateId number) const;

 private:
  std::vector<CandidateSpec> list_;
  std::map<std::string, policy::CandidateId> numbers_;
  std::map<policy::CandidateId, std::string> ids_;
};

} // namespace relevo::failoversrc
