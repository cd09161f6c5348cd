// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading schedules.
#include "policy/schedule.hpp"

#include "base/text.hpp"

#include <array>
#include <bit>
#include <optional>
#include <span>
#include <vector>

namespace relevo::policy {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> kWeekdays = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

struct FieldKind {
  std::string_view name;
  unsigned first;
  unsigned last;
  std::span<const std::string_view> words{}; // of its numbers, from the first
};
constexpr std::array<FieldKind, 5> kFields = {{{"minute", 0, 59},
                                               {"hour", 0, 23},
                                               {"day of the month", 1, 31},
                                               {"month", 1, 12, kMonths},
                                               {"day of the week", 0, 7, kWeekdays}}};

struct Part {
  std::string_view text;
  std::size_t offset;
};

/// What stands between separators, in its place.
std::vector<Part> split(Part whole, std::string_view separators) {
  std::vector<Part> parts;
  for (std::size_t begin = 0; begin <= whole.text.size();) {
    const auto end = std::min(whole.text.find_first_of(separators, begin), whole.text.size());
    parts.push_back({whole.text.substr(begin, end - begin), whole.offset + begin});
    begin = end + 1;
  }
  return parts;
}

std::vector<Part> split_fields(std::string_view text) {
  auto fields = split({text, 0}, " \t");
  std::erase_if(fields, [](const Part& field) { return field.text.empty(); });
  return fields;
}

Result<unsigned> parse_value(Part part, const FieldKind& kind) {
  for (std::size_t i = 0; i < kind.words.size(); ++i)
    if (equal_nocase(part.text, kind.words[i])) return kind.first + static_cast<unsigned>(i);
  const auto value = parse_number<unsigned>(part.text);
  if (value && *value >= kind.first && *value <= kind.last) return *value;
  return fail(
      concat(quote(part.text), " is no ", kind.name, ": it goes from ", kind.first, " to ", kind.last),
      part.offset);
}

struct Range {
  unsigned first;
  unsigned last;
};

/// `*`, `3`, `3-5`, and with a step behind it `3` means as far as it goes.
Result<Range> parse_range(Part part, const FieldKind& kind, bool stepped) {
  if (part.text == "*") return Range{kind.first, kind.last};
  const auto dash = part.text.find('-');
  const auto first = parse_value({part.text.substr(0, dash), part.offset}, kind);
  if (!first) return tl::unexpected(first.error());
  if (dash == std::string_view::npos) return Range{*first, stepped ? kind.last : *first};
  auto last = parse_value({part.text.substr(dash + 1), part.offset + dash + 1}, kind);
  if (!last) return tl::unexpected(last.error());
  if (!kind.words.empty() && kind.first == 0 && *last == 0) last = kind.last; // Saturday to Sunday
  if (*last < *first) return fail(concat(quote(part.text), " goes backwards"), part.offset);
  return Range{*first, *last};
}

Result<std::uint64_t> parse_item(Part item, const FieldKind& kind) {
  const auto slash = item.text.find('/');
  const bool stepped = slash != std::string_view::npos;
  const auto range = parse_range({item.text.substr(0, slash), item.offset}, kind, stepped);
  if (!range) return tl::unexpected(range.error());
  const auto step = stepped ? parse_number<unsigned>(item.text.substr(slash + 1)) : 1;
  if (!step || *step == 0 || *step > kind.last)
    return fail(concat(quote(item.text.substr(slash + 1)), " is no step: it goes from 1 to ", kind.last),
                item.offset + slash + 1);
  std::uint64_t set = 0;
  for (unsigned value = range->first; value <= range->last; value += *step)
    set |= std::uint64_t{1} << value;
  return set;
}

Result<std::uint64_t> parse_field(Part field, const FieldKind& kind) {
  std::uint64_t set = 0;
  for (const Part item : split(field, ",")) {
    const auto items = parse_item(item, kind);
    if (!items) return items;
    set |= *items;
  }
  return set;
}

std::optional<std::chrono::minutes> find_unit(char unit) {
  switch (unit) {
  case 'm': return std::chrono::minutes(1);
  case 'h': return std::chrono::hours(1);
  case 'd': return std::chrono::days(1);
  default: return std::nullopt;
  }
}

} // namespace

Result<Cron> Cron::parse(std::string_view text) {
  const auto fields = split_fields(text);
  if (fields.size() != kFields.size())
    return fail(concat("a line of cron has 5 fields (minute, hour, day, month, day of the week), not ",
                       fields.size()));
  Cron cron;
  const std::array sets = {&cron.minutes_, &cron.hours_, &cron.days_, &cron.months_, &cron.weekdays_};
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    const auto set = parse_field(fields[i], kFields[i]);
    if (!set) return tl::unexpected(set.error());
    *sets[i] = *set;
  }
  if ((cron.weekdays_ & 1U << 7) != 0) cron.weekdays_ |= 1; // both are Sunday
  cron.either_day_ = !fields[2].text.starts_with('*') && !fields[4].text.starts_with('*');
  if (!cron.ever_comes()) return fail("no such day comes in any year", fields[2].offset);
  return cron;
}

bool Cron::ever_comes() const noexcept {
  using namespace std::chrono;
  if (either_day_) return true;
  const day first(static_cast<unsigned>(std::countr_zero(days_)));
  for (unsigned value = 1; value <= 12; ++value)
    if ((months_ >> value & 1) != 0 && first <= (year(2024) / month(value) / last).day()) return true;
  return false;
}

Result<Schedule> parse_schedule(std::string_view text) {
  text = trim(text);
  if (text.find_first_of(" \t") != std::string_view::npos) return Cron::parse(text);
  const auto unit = text.empty() ? std::nullopt : find_unit(text.back());
  if (!unit) return fail(concat(quote(text), " is neither an interval like 24h nor a line of cron"));
  const auto count = parse_number<int>(text.substr(0, text.size() - 1));
  if (!count || *count < 1 || *count > std::chrono::days(366) / *unit)
    return fail(concat(quote(text), " is no interval from a minute to a year"));
  return Interval{*count * *unit};
}

} // namespace relevo::policy
