// SPDX-License-Identifier: LGPL-2.1-or-later
// What becomes of faulty durations, numbers and ranges.
#include "lenient.hpp"

#include "base/text.hpp"
#include "values.hpp"

#include <algorithm>
#include <limits>

namespace relevo::hls {

void Lenient::note(std::string message) {
  if (++faults <= kMaxNotes) notes.push_back({std::move(message), line});
}

Duration Lenient::duration(std::string_view text, std::string_view what) {
  const auto value = parse_seconds(text);
  if (!value)
    note(concat(what, " is no duration"));
  else if (*value < Duration::zero())
    note(concat(what, " is negative"));
  else if (*value > kMaxDuration)
    note(concat(what, " is absurdly long"));
  return std::clamp(value.value_or(Duration::zero()), Duration::zero(), kMaxDuration);
}

std::optional<Duration> Lenient::optional_duration(std::string_view text, std::string_view what) {
  if (text.empty()) return std::nullopt;
  return duration(text, what);
}

std::uint64_t Lenient::number(std::string_view text) {
  constexpr std::size_t kMaxDigits = 18;
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) {
    note(concat("no number: ", quote(text)));
    return 0;
  }
  const auto excess = text.size() - std::min(text.size(), kMaxDigits);
  if (text.find_first_not_of('0') < excess) note("a number is too long");
  return parse_number<std::uint64_t>(text.substr(excess)).value_or(0);
}

std::optional<ByteRange> Lenient::range(std::string_view text, std::optional<std::uint64_t> previous_end) {
  constexpr std::uint64_t kLimit = std::numeric_limits<std::int64_t>::max();
  const auto range = parse_range(text);
  const auto offset = range ? range->offset.value_or(previous_end.value_or(0)) : 0;
  if (!range || offset > kLimit || range->length > kLimit - offset) {
    note(concat("malformed byte range: ", quote(text)));
    return std::nullopt;
  }
  if (!range->offset && !previous_end) note("a byte range without its offset, and none to go on from");
  return ByteRange{range->length, offset};
}

} // namespace relevo::hls
