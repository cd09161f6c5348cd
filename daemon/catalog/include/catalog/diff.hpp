// SPDX-License-Identifier: LGPL-2.1-or-later
// What a refresh would change: which entry of a list is which stored stream.
#pragma once

#include "model/stream.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace relevo::catalog {

using Stored = model::KnownStream;

struct Listed {
  model::StreamKind kind = model::StreamKind::Live;
  model::Fingerprint print{};
};

struct Match {
  std::uint32_t stored = 0; // index
  std::uint32_t listed = 0; // index
  model::Likeness by = model::Likeness::ProviderId;

  bool operator==(const Match&) const = default;
};

/// Indexes into what was compared, each in rising order.
struct Diff {
  std::vector<Match> matches{}; // by `listed`
  std::vector<std::uint32_t> added{};
  std::vector<std::uint32_t> vanished{}; // that were not missing before
};

/// Each likeness is tried in turn on what those before it left over. Where several streams share what they
/// are known by, their names decide as well, then their groups: a stream is rather taken for a new one than
/// for another.
[[nodiscard]] Diff compare(std::span<const Stored> stored, std::span<const Listed> listed,
                           std::span<const model::Likeness> likenesses);

enum class Objection {
  Nothing,
  Empty,    // nothing is left of a kind (live, movies, series) that was there
  Shrunken, // more went than may go at once
  Cut,      // the list ended inside an entry, and streams are missing
};

/// Whether a diff looks like a fault of the provider rather than like a new list.
[[nodiscard]] Objection judge(std::span<const Stored> stored, std::span<const Listed> listed,
                              const Diff& diff, int shrink_percent);

} // namespace relevo::catalog
