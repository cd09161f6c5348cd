// SPDX-License-Identifier: LGPL-2.1-or-later
// Numbers are looked at in steps: from one whole number to the next, or from one minor to the next.
#include "lineup/moving.hpp"

#include <algorithm>

namespace relevo::lineup {
namespace {

using Numbers = std::span<const ChannelNumber>;
using Number = std::optional<ChannelNumber>;

enum class Step : std::uint8_t { Whole, Minor };

std::uint32_t place(ChannelNumber number, Step step) {
  return step == Step::Whole ? number.major : number.minor;
}

/// The number at a place; minors are those of the whole number of `beside`.
ChannelNumber at(std::uint32_t place, ChannelNumber beside, Step step) {
  return step == Step::Whole ? ChannelNumber{place} : ChannelNumber{beside.major, place};
}

Numbers up_to(Numbers numbers, ChannelNumber limit) { // with it
  return {numbers.begin(), std::ranges::upper_bound(numbers, limit)};
}

Numbers behind(Numbers numbers, ChannelNumber limit) {
  return {std::ranges::upper_bound(numbers, limit), numbers.end()};
}

/// The last place that is taken without a hole before it, from `place` on.
std::uint32_t end_of_run(Numbers numbers, std::uint32_t from, ChannelNumber beside, Step step) {
  auto end = from;
  for (const auto number : numbers) {
    if (step == Step::Minor && number.major != beside.major) break;
    if (place(number, step) > end + 1) break;
    end = place(number, step);
  }
  return end;
}

ChannelNumber wanted_number(const Number& above, const Number& next, Step step) {
  if (above) return at(place(*above, step) + 1, *above, step);
  if (!next) return {1};
  if (next->minor != 0) return {next->major};
  return {std::max(next->major - 1, 1U)};
}

/// Those between the old number and the new place move down into the old number.
std::optional<Move> close_up(Numbers others, ChannelNumber own, ChannelNumber above, Step step) {
  const bool is_minor = own.minor != 0;
  if (own >= above || is_minor != (own.major == above.major)) return std::nullopt;
  if (step == Step::Minor && !is_minor) return std::nullopt; // it would tear minors from their whole number
  if (std::ranges::binary_search(others, own)) return std::nullopt; // its number does not become free
  const auto by = is_minor ? Step::Minor : Step::Whole;
  const auto between = behind(up_to(others, above), own);
  const auto old = place(own, by);
  if (place(between.front(), by) == old || end_of_run(between, old, own, by) != place(above, by))
    return std::nullopt;
  const auto last = at(place(above, by), above, by);
  return Move{last, Shift{at(old + 1, own, by), last, -1}};
}

Result<Move> push_up(Numbers rest, ChannelNumber wanted, Step step) {
  const auto end = end_of_run(rest, place(wanted, step), wanted, step);
  if (end >= (step == Step::Whole ? kMostMajor : kMostMinor))
    return fail("there are not enough numbers behind it");
  return Move{wanted, Shift{wanted, at(end, wanted, step), 1}};
}

} // namespace

Shift inverse(const Shift& shift) {
  const auto moved = [&shift](ChannelNumber number) {
    auto& place = shift.is_of_minors() ? number.minor : number.major;
    place += static_cast<std::uint32_t>(shift.by); // wraps around
    return number;
  };
  return {moved(shift.first), moved(shift.last), -shift.by};
}

Result<Move> plan_move(Numbers others, Number own, Number above) {
  const auto rest = above ? behind(others, *above) : others;
  const auto next = rest.empty() ? std::nullopt : Number(rest.front());
  const bool is_there = own && (!above || *own > *above) && (!next || *own < *next);
  if (is_there) return Move{*own, {}};
  const auto step = above && next && above->major == next->major ? Step::Minor : Step::Whole;
  const auto wanted = wanted_number(above, next, step);
  const bool ends = wanted.major > kMostMajor || wanted.minor > kMostMinor;
  if (!ends && (!next || wanted < *next)) return Move{wanted, {}};
  if (own && above)
    if (const auto closed = close_up(others, *own, *above, step)) return *closed;
  if (ends) return fail("there are not enough numbers behind it");
  return push_up(rest, wanted, step);
}

} // namespace relevo::lineup
