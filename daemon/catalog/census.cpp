// SPDX-License-Identifier: LGPL-2.1-or-later
// Counting what a listing holds.
#include "catalog/census.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "catalog/fingerprint.hpp"
#include "model/names.hpp"
#include "note.hpp"

#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace relevo::catalog {
namespace {

using model::Found;

class Counting {
 public:
  Counting(const Sieve& sieve, const std::function<bool(const GroupKey&)>& wants_group)
      : sieve_(sieve), wants_group_(wants_group) {}

  Result<void> take(const Found& found) {
    bool keep = false;
    if (const auto kept = sieve_.keeps(found); !kept)
      return tl::unexpected(kept.error());
    else if (!*kept)
      ++census_.filtered;
    else if (!wants(found))
      ++census_.unwanted;
    else
      keep = take_wanted(found);
    census_.kept.push_back(keep);
    return {};
  }

  void take(const sources::Fault& fault) {
    ++census_.faults;
    note(fault);
  }

  void take_cut() { census_.cut = true; }

  [[nodiscard]] std::size_t entries() const noexcept { return census_.kept.size(); }
  Census finish() { return std::move(census_); }

 private:
  /// Entries of one group mostly follow each other.
  bool wants(const Found& found) {
    if (!groups_.empty() && last_.kind == found.kind && last_.name == found.group) return last_wanted_;
    last_ = {found.kind, std::string(found.group)};
    const auto [place, is_new] =
        groups_.insert({Hash().add(last_.name).add(model::name_of(last_.kind)).value(), false});
    if (is_new) {
      census_.groups.push_back(last_);
      place->second = wants_group_(last_);
    }
    return last_wanted_ = place->second;
  }

  bool take_wanted(const Found& found) {
    const auto print = fingerprint(found);
    const auto same = Hash()
                          .add(found.url)
                          .add(found.provider_id)
                          .add(found.name)
                          .add(found.group)
                          .add(model::name_of(found.kind));
    if (!seen_.insert(same.value()).second) {
      ++census_.duplicates;
      note({census_.kept.size() + 1, concat(quote(found.name), " is in the list more than once")});
      return false;
    }
    census_.listed.push_back({found.kind, print});
    return true;
  }

  void note(sources::Fault fault) {
    if (census_.notes.size() < kMaxNotes) census_.notes.push_back(std::move(fault));
  }

  const Sieve& sieve_;
  const std::function<bool(const GroupKey&)>& wants_group_;
  Census census_;
  std::unordered_map<std::uint64_t, bool> groups_; // whether they are wanted
  GroupKey last_;
  bool last_wanted_ = false;
  std::unordered_set<std::uint64_t> seen_;
};

} // namespace

sources::Got<Census> take_census(const sources::Listing& listing, const Sieve& sieve,
                                 const std::function<bool(const GroupKey&)>& wants_group,
                                 const std::function<void(std::size_t)>& on_progress,
                                 const gx::CancelToken& token) {
  constexpr std::size_t kStep = 1000;
  Counting counting(sieve, wants_group);
  Result<void> trouble;
  const auto read = listing.read({
                                     .on_found =
                                         [&](const Found& found) {
                                           if (trouble) trouble = counting.take(found);
                                           if (counting.entries() % kStep == 0)
                                             on_progress(counting.entries());
                                         },
                                     .on_fault = [&](const sources::Fault& fault) { counting.take(fault); },
                                     .on_cut = [&] { counting.take_cut(); },
                                 },
                                 token);
  if (!read) return tl::unexpected(unread(read.error(), token));
  if (!trouble) return sources::fail(sources::Cause::Filter, trouble.error().message);
  return counting.finish();
}

} // namespace relevo::catalog
