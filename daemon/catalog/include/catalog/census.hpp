// SPDX-License-Identifier: LGPL-2.1-or-later
// The first reading of a listing: what is in it, by fingerprints alone.
#pragma once

#include "catalog/diff.hpp"
#include "catalog/sieve.hpp"
#include "gx/cancel.hpp"
#include "sources/listing.hpp"
#include "sources/trouble.hpp"

#include <functional>
#include <string>
#include <vector>

namespace relevo::catalog {

inline constexpr std::size_t kMaxNotes = 100; // of each kind that are kept for people to read

/// What a group of a listing is to an account.
struct GroupKey {
  model::StreamKind kind = model::StreamKind::Live;
  std::string name;

  auto operator<=>(const GroupKey&) const = default;
};

struct Census {
  std::vector<Listed> listed{};   // that are wanted, each once, in the order of the listing
  std::vector<bool> kept{};       // of all entries of the listing: whether it is among them
  std::vector<GroupKey> groups{}; // in the order in which they came
  std::size_t filtered = 0;       // entries that filters left out
  std::size_t unwanted = 0;       // in groups that are not wanted
  std::size_t duplicates = 0;     // entries that were there before, to the letter but for their details
  std::size_t faults = 0;
  bool cut = false;                    // the listing ended inside an entry
  std::vector<sources::Fault> notes{}; // the first faults and duplicates
};

/// Every 1,000 entries it tells how many there were.
[[nodiscard]] sources::Got<Census> take_census(const sources::Listing& listing, const Sieve& sieve,
                                               const std::function<bool(const GroupKey&)>& wants_group,
                                               const std::function<void(std::size_t)>& on_progress,
                                               const gx::CancelToken& token);

} // namespace relevo::catalog
