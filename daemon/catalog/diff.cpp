// SPDX-License-Identifier: LGPL-2.1-or-later
// Matching in passes: sort both sides by what must be equal, then walk them side by side.
#include "catalog/diff.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace relevo::catalog {
namespace {

using model::Fingerprint;
using model::Likeness;

/// What must be equal for two to be the same; the closer, the more of it is looked at.
enum class Closeness { WithNameAndGroup, WithName, Alone };

using Key = std::tuple<std::uint64_t, std::uint64_t, std::uint32_t, int>;

struct Place {
  Key key;
  std::uint32_t index;

  bool operator<(const Place& other) const noexcept {
    return std::tie(key, index) < std::tie(other.key, other.index);
  }
};
using Places = std::vector<Place>;

std::uint64_t key_of(const Fingerprint& print, Likeness likeness) noexcept {
  return print.keys[static_cast<std::size_t>(likeness)];
}

Key make_key(const Fingerprint& print, model::StreamKind kind, Likeness likeness, Closeness closeness) {
  const bool name = closeness != Closeness::Alone;
  const bool group = closeness == Closeness::WithNameAndGroup;
  return {key_of(print, likeness), name ? key_of(print, Likeness::Name) : 0, group ? print.group : 0,
          static_cast<int>(kind)};
}

class Comparison {
 public:
  Comparison(std::span<const Stored> stored, std::span<const Listed> listed)
      : stored_(stored), listed_(listed), taken_(stored.size()), known_(listed.size()) {}

  void pass(Likeness likeness, Closeness closeness) {
    const Places stored = sort(stored_, taken_, likeness, closeness);
    const Places listed = sort(listed_, known_, likeness, closeness);
    // Names that agree make any two of several as good as each other; without them nobody is taken for
    // another.
    const bool only_ones = closeness == Closeness::Alone && likeness < Likeness::Title;
    auto a = stored.begin();
    auto b = listed.begin();
    while (a != stored.end() && b != listed.end()) {
      if (a->key < b->key) {
        ++a;
      } else if (b->key < a->key) {
        ++b;
      } else {
        const auto a_end = std::find_if(a, stored.end(), [&](const Place& p) { return p.key != a->key; });
        const auto b_end = std::find_if(b, listed.end(), [&](const Place& p) { return p.key != b->key; });
        if (!only_ones || (a_end - a == 1 && b_end - b == 1))
          for (auto x = a, y = b; x != a_end && y != b_end; ++x, ++y)
            match(*x, *y, likeness);
        a = a_end;
        b = b_end;
      }
    }
  }

  Diff finish() {
    std::ranges::sort(diff_.matches, {}, &Match::listed);
    for (std::uint32_t i = 0; i < listed_.size(); ++i)
      if (!known_[i]) diff_.added.push_back(i);
    for (std::uint32_t i = 0; i < stored_.size(); ++i)
      if (!taken_[i] && !stored_[i].missing) diff_.vanished.push_back(i);
    return std::move(diff_);
  }

 private:
  template <class Items>
  static Places sort(const Items& items, const std::vector<bool>& done, Likeness likeness,
                     Closeness closeness) {
    Places places;
    for (std::uint32_t i = 0; i < items.size(); ++i)
      if (!done[i] && key_of(items[i].print, likeness) != 0)
        places.push_back({make_key(items[i].print, items[i].kind, likeness, closeness), i});
    std::sort(places.begin(), places.end());
    return places;
  }

  void match(const Place& stored, const Place& listed, Likeness likeness) {
    taken_[stored.index] = true;
    known_[listed.index] = true;
    diff_.matches.push_back({stored.index, listed.index, likeness});
  }

  std::span<const Stored> stored_;
  std::span<const Listed> listed_;
  std::vector<bool> taken_;
  std::vector<bool> known_;
  Diff diff_;
};

using PerKind = std::array<std::size_t, 3>;

template <class Items>
PerKind count(const Items& items) {
  PerKind counts{};
  for (const auto& item : items)
    ++counts[static_cast<std::size_t>(item.kind)];
  return counts;
}

} // namespace

Diff compare(std::span<const Stored> stored, std::span<const Listed> listed,
             std::span<const Likeness> likenesses) {
  Comparison comparison(stored, listed);
  for (const Likeness likeness : likenesses)
    for (const auto closeness : {Closeness::WithNameAndGroup, Closeness::WithName, Closeness::Alone})
      comparison.pass(likeness, closeness);
  return comparison.finish();
}

Objection judge(std::span<const Stored> stored, std::span<const Listed> listed, const Diff& diff,
                int shrink_percent) {
  PerKind present{};
  PerKind gone{};
  for (const Stored& one : stored)
    if (!one.missing) ++present[static_cast<std::size_t>(one.kind)];
  for (const std::uint32_t index : diff.vanished)
    ++gone[static_cast<std::size_t>(stored[index].kind)];
  const PerKind now = count(listed);
  auto objection = Objection::Nothing;
  for (std::size_t kind = 0; kind < present.size(); ++kind) {
    if (present[kind] == 0) continue;
    if (now[kind] == 0) return Objection::Empty;
    if (gone[kind] * 100 > present[kind] * static_cast<std::size_t>(shrink_percent))
      objection = Objection::Shrunken;
  }
  return objection;
}

} // namespace relevo::catalog
