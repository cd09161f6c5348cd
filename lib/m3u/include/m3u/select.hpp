// SPDX-License-Identifier: LGPL-2.1-or-later
// Picking one entry of a playlist.
#pragma once

#include "m3u/entry.hpp"

#include <functional>

namespace relevo::m3u {

/// What the entry must have; "" where anything will do.
struct Wish {
  std::string name{}; // or tvg-name
  std::string tvg_id{};
  std::string number{}; // "5", "5.1"
  std::string group{};  // one of the entry's groups, or all of them as written
  /// On the name; empty: any. For what rooms of values cannot decide, as regular expressions.
  std::function<bool(std::string_view)> name_test{};
};

enum class Fit {
  None,
  Alike, // but for case and blanks
  Exact,
};

/// Every part of the wish counts; the worst one decides.
[[nodiscard]] Fit fit(const Entry& entry, const Wish& wish);

/// For people: what is wished for.
[[nodiscard]] std::string describe(const Wish& wish);

} // namespace relevo::m3u
