// SPDX-License-Identifier: LGPL-2.1-or-later
// Union-find with a veto.
#include "unions.hpp"

#include "lineup/compare.hpp"

#include <algorithm>
#include <numeric>

namespace relevo::lineup {

Unions::Unions(std::vector<const Name*> names)
    : parent_(names.size()),
      names_(std::move(names)),
      alone_(names_.size(), 0),
      pinned_(names_.size(), 0),
      pin_(names_.size(), 0),
      apart_(names_.size()) {
  std::iota(parent_.begin(), parent_.end(), 0U);
}

void Unions::forbid(Stream a, Stream b) {
  apart_[find(a)].push_back(b);
  apart_[find(b)].push_back(a);
}

void Unions::pin(std::span<const Stream> streams) {
  if (streams.empty()) return;
  const auto mark = streams.front() + 1;
  for (const auto stream : streams) {
    pinned_[stream] = 1;
    if (find(stream) != find(streams.front())) unite(streams.front(), stream);
  }
  pin_[find(streams.front())] = mark;
}

Unions::Stream Unions::find(Stream stream) {
  while (parent_[stream] != stream) {
    parent_[stream] = parent_[parent_[stream]];
    stream = parent_[stream];
  }
  return stream;
}

bool Unions::join(Stream a, Stream b) {
  if (find(a) == find(b)) return true;
  if (!may_join(find(a), find(b))) return false;
  unite(a, b);
  return true;
}

void Unions::join_all(std::span<const Stream> streams) {
  std::vector<Stream> firsts;
  for (const auto stream : streams) {
    const auto joins = [&](Stream first) { return join(first, stream); };
    if (std::ranges::none_of(firsts, joins)) firsts.push_back(stream);
  }
}

/// Both are roots.
bool Unions::may_join(Stream a, Stream b) {
  if (alone_[a] != 0 || alone_[b] != 0) return false;
  if (pin_[a] != 0 && pin_[b] != 0) return false;
  const auto meets = [this](Stream of, Stream other) {
    return std::ranges::any_of(apart_[of], [&](Stream forbidden) { return find(forbidden) == other; });
  };
  return !meets(a, b) && !contradict(*names_[a], *names_[b]);
}

void Unions::unite(Stream a, Stream b) {
  auto root = find(a), other = find(b);
  // The least is the root, so that its number does not depend on the order of joining; what tells the country
  // speaks for all.
  if (other < root) std::swap(root, other);
  if (names_[root]->country.empty()) names_[root] = names_[other];
  parent_[other] = root;
  pin_[root] = std::max(pin_[root], pin_[other]);
  std::ranges::move(apart_[other], std::back_inserter(apart_[root]));
  apart_[other].clear();
}

} // namespace relevo::lineup
