// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stalker/date.hpp"

#include "base/text.hpp"

namespace relevo::stalker {

std::string two_digits(unsigned number) {
  return concat(number < 10 ? "0" : "", number);
}

std::string write_date(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  return concat(static_cast<int>(date.year()), '-', two_digits(static_cast<unsigned>(date.month())), '-',
                two_digits(static_cast<unsigned>(date.day())));
}

std::optional<std::chrono::sys_days> parse_date(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = parse_number<unsigned>(text.substr(0, 4));
  const auto month = parse_number<unsigned>(text.substr(5, 2)), day = parse_number<unsigned>(text.substr(8));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(*month), std::chrono::day(*day)};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

} // namespace relevo::stalker
