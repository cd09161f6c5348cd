// SPDX-License-Identifier: LGPL-2.1-or-later
// The tables "channel" and "programme" together.
#include "store/programme_search.hpp"

#include "like.hpp"
#include "rows.hpp"

#include <algorithm>
#include <tuple>

namespace relevo::store {
namespace {

// From the channels on: so the programmes of editions and guides that nobody uses are not even read. Nothing
// is sorted here, because SQLite would then read them all a second time to count them.
constexpr std::string_view kSearch =
    "SELECT c.id, c.major, c.minor, c.name, c.logo, p.start + 60 * c.guide_shift, "
    "p.stop + 60 * c.guide_shift, p.title, p.subtitle FROM channel c "
    "JOIN guide_source s ON s.id = c.guide_source "
    "JOIN guide_channel g ON g.edition = s.edition AND g.channel = c.guide_channel "
    "JOIN programme p ON p.guide_channel = g.id "
    "WHERE NOT c.hidden "
    "AND (?1 IS NULL OR c.id IN (SELECT channel FROM profile_channel WHERE profile = ?1)) "
    "AND p.start < ?2 - 60 * c.guide_shift AND p.stop > ?3 - 60 * c.guide_shift "
    "AND p.title LIKE ?4 ESCAPE '\\'";

FoundProgramme read(const sqlite::Statement& row) {
  FoundProgramme found;
  found.channel = {row.column<std::int64_t>(0)};
  if (const auto major = row.column<std::optional<std::uint32_t>>(1))
    found.number = {*major, row.column<std::uint32_t>(2)};
  found.name = row.column<std::string>(3);
  found.logo = row.column<std::string>(4);
  found.start = model::Time(std::chrono::seconds(row.column<std::int64_t>(5)));
  found.stop = model::Time(std::chrono::seconds(row.column<std::int64_t>(6)));
  found.title = row.column<std::string>(7);
  found.subtitle = row.column<std::string>(8);
  return found;
}

/// Channels without a number come last. All that can tell two programmes apart is in it, so that no page
/// shows what another one has shown.
bool comes_before(const FoundProgramme& a, const FoundProgramme& b) {
  const auto place = [](const FoundProgramme& one) {
    return std::tuple(one.start, !one.number, one.number, one.channel.value, std::string_view(one.title),
                      one.stop, std::string_view(one.subtitle));
  };
  return place(a) < place(b);
}

} // namespace

Slice<FoundProgramme> search_programmes(const sqlite::Database& database, const ProgrammeSearch& search) {
  const auto left_out = static_cast<std::size_t>(search.page.offset);
  const auto most = left_out + static_cast<std::size_t>(search.page.limit);
  sqlite::Statement rows(database, kSearch);
  rows.start(search.profile ? std::optional(search.profile->value) : std::nullopt, to_column(search.until),
             to_column(search.from), like_pattern(search.text));
  Slice<FoundProgramme> slice;
  auto& first = slice.items; // a heap, the last of them on top: there may be a million behind them
  for (; rows.step(); ++slice.total) {
    first.push_back(read(rows));
    std::ranges::push_heap(first, comes_before);
    if (first.size() <= most) continue;
    std::ranges::pop_heap(first, comes_before);
    first.pop_back();
  }
  std::ranges::sort_heap(first, comes_before);
  first.erase(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(std::min(left_out, first.size())));
  return slice;
}

} // namespace relevo::store
