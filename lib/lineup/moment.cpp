// SPDX-License-Identifier: LGPL-2.1-or-later
// Words and numbers of a text in turn, each taken for what it can only be.
#include "lineup/moment.hpp"

#include "base/text.hpp"
#include "lineup/fold.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace relevo::lineup {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::local_days;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

/// A run of digits or of letters.
struct Piece {
  std::string text;
  bool number = false;
  char before = ' '; // the sign in front
  unsigned value = 0;
};

std::vector<Piece> cut(std::string_view text) {
  constexpr std::size_t kMost = 32; // what is longer is no date
  std::vector<Piece> pieces;
  const auto plain = fold(text.substr(0, 200));
  char sign = ' ';
  for (std::size_t at = 0; at < plain.size() && pieces.size() < kMost;) {
    const bool digits = is_digit(plain[at]);
    if (!digits && !is_letter(plain[at])) {
      sign = plain[at++];
      continue;
    }
    const auto start = at;
    while (at < plain.size() && (digits ? is_digit(plain[at]) : is_letter(plain[at])))
      ++at;
    Piece piece{plain.substr(start, at - start), digits, sign, 0};
    if (digits) piece.value = parse_number<unsigned>(piece.text.substr(0, 9)).value_or(0);
    pieces.push_back(std::move(piece));
    sign = at < plain.size() && (is_digit(plain[at]) || is_letter(plain[at])) ? '\0' : ' ';
  }
  return pieces;
}

enum class Half { None, Am, Pm };

/// "pm" or "p.m."; None where the piece says something else.
Half half_of(const std::vector<Piece>& pieces, std::size_t at) {
  if (at >= pieces.size() || pieces[at].number) return Half::None;
  const auto& text = pieces[at].text;
  const bool dotted = text.size() == 1 && at + 1 < pieces.size() && pieces[at + 1].text == "m";
  if (text == "am" || (text == "a" && dotted)) return Half::Am;
  if (text == "pm" || (text == "p" && dotted)) return Half::Pm;
  return Half::None;
}

std::optional<std::chrono::minutes> make_time(unsigned hour, unsigned minute, Half half) {
  if (half != Half::None) {
    if (hour < 1 || hour > 12) return std::nullopt;
    hour = hour % 12 + (half == Half::Pm ? 12 : 0);
  }
  if (hour > 23 || minute > 59) return std::nullopt;
  return std::chrono::hours(hour) + std::chrono::minutes(minute);
}

/// "20:30", "20h30", "8.30 pm" from the piece on.
std::optional<std::chrono::minutes> read_split_time(const std::vector<Piece>& pieces, std::size_t at) {
  std::size_t next = at + 1;
  const bool letter = next < pieces.size() && pieces[next].text == "h";
  if (letter) ++next;
  const bool two = next < pieces.size() && pieces[next].number && pieces[next].text.size() == 2;
  const char sign = two ? pieces[next].before : ' ';
  if (pieces[at].text.size() > 2) return std::nullopt;
  if (two && (letter || sign == ':' || sign == '.'))
    return make_time(pieces[at].value, pieces[next].value, half_of(pieces, next + 1));
  if (letter) return make_time(pieces[at].value, 0, Half::None); // "20h"
  return std::nullopt;
}

constexpr std::array<std::string_view, 12> kMonths = {
    "jan,january,januar,janvier,enero,gennaio,janeiro,ene,gen",
    "feb,february,februar,fevrier,febrero,febbraio,fevereiro,fev",
    "mar,march,marz,mars,marzo,marco,maerz",
    "apr,april,avril,abril,aprile,avr,abr",
    "may,mai,mayo,maggio,maio,mag",
    "jun,june,juni,juin,junio,giugno,junho,giu",
    "jul,july,juli,juillet,julio,luglio,julho,lug",
    "aug,august,aout,agosto,ago",
    "sep,sept,september,septembre,septiembre,settembre,setembro,set",
    "oct,october,oktober,octobre,octubre,ottobre,outubro,okt,ott,out",
    "nov,november,novembre,noviembre,novembro",
    "dec,december,dezember,decembre,diciembre,dicembre,dezembro,dez,dic"};

bool lists(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    if (list.substr(0, end) == word) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

year_month_day nearest(month m, day d, year_month_day today) {
  year_month_day best{today.year(), m, d};
  for (const int shift : {-1, 1}) {
    const year_month_day other{today.year() + std::chrono::years(shift), m, d};
    const auto away = [&](year_month_day date) {
      return std::chrono::abs(local_days(date) - local_days(today));
    };
    if (other.ok() && (!best.ok() || away(other) < away(best))) best = other;
  }
  return best;
}

std::optional<year_month_day> make_date(std::optional<unsigned> y, unsigned m, unsigned d,
                                        year_month_day today) {
  if (m < 1 || m > 12 || d < 1 || d > 31) return std::nullopt;
  if (!y) {
    const auto date = nearest(month(m), day(d), today);
    return date.ok() ? std::optional(date) : std::nullopt;
  }
  const unsigned whole = *y < 100 ? *y + 2000 : *y;
  const year_month_day date{year(static_cast<int>(whole)), month(m), day(d)};
  return date.ok() && whole >= 1970 && whole <= 2200 ? std::optional(date) : std::nullopt;
}

bool is_year(const Piece& piece) {
  return piece.number && piece.text.size() == 4 && piece.value >= 1970 && piece.value <= 2200;
}

bool is_day(const Piece& piece) {
  return piece.number && piece.text.size() <= 2 && piece.value >= 1 && piece.value <= 31;
}

/// "26 Nov 2026", "November 26th": the name of a month with a day on either side.
std::optional<year_month_day> read_named(const std::vector<Piece>& pieces, std::size_t at,
                                         year_month_day today) {
  const auto m = pieces[at].number ? std::nullopt : find_month(pieces[at].text);
  if (!m) return std::nullopt;
  const auto suffixed = [&](std::size_t i) {
    return i < pieces.size() && pieces[i].before == '\0' && lists("st,nd,rd,th", pieces[i].text);
  };
  std::size_t end = at + 1;
  unsigned d = 0;
  if (end < pieces.size() && is_day(pieces[end])) {
    d = pieces[end++].value;
    if (suffixed(end)) ++end;
  }
  const auto back = at >= 2 && suffixed(at - 1) ? at - 2 : at - 1;
  if (at > 0 && is_day(pieces[back])) {
    // "26 Nov 20:00": what stands behind is no day.
    d = pieces[back].value;
    end = at + 1;
  }
  std::optional<unsigned> y;
  if (end < pieces.size() && is_year(pieces[end])) y = pieces[end].value;
  return d == 0 ? std::nullopt : make_date(y, *m, d, today);
}

/// "2026-11-26", "26.11.2026", "26/11": numbers with one sign between.
std::optional<year_month_day> read_numbers(const std::vector<Piece>& pieces, std::size_t at,
                                           year_month_day today) {
  const auto follows = [&](std::size_t i) {
    const char sign = i < pieces.size() && pieces[i].number ? pieces[i].before : ' ';
    return sign == '.' || sign == '/' || sign == '-';
  };
  // What follows a number belongs to it: of "2026-13-01" the rest is no date.
  if (!pieces[at].number || !follows(at + 1) || (at > 0 && pieces[at - 1].number && follows(at)))
    return std::nullopt;
  const auto a = pieces[at].value, b = pieces[at + 1].value;
  const bool three = follows(at + 2) && pieces[at + 2].before == pieces[at + 1].before;
  if (is_year(pieces[at])) return three ? make_date(a, b, pieces[at + 2].value, today) : std::nullopt;
  if (!is_day(pieces[at]) || !is_day(pieces[at + 1])) return std::nullopt;
  const bool third_is_year = three && (is_year(pieces[at + 2]) || pieces[at + 2].text.size() == 2);
  std::optional<unsigned> y;
  if (third_is_year) y = pieces[at + 2].value;
  return b <= 12 ? make_date(y, b, a, today) : make_date(y, a, b, today);
}

} // namespace

LocalMoment to_local(Moment moment, const UtcOffset& offset) {
  return LocalMoment((moment + offset(moment)).time_since_epoch());
}

Moment to_utc(LocalMoment local, const UtcOffset& offset) {
  // The offset is asked of moments on both sides of any change that is near.
  const Moment as_utc(local.time_since_epoch());
  const auto before = offset(as_utc - days(1)), after = offset(as_utc + days(1));
  const auto first = as_utc - before;
  return before == after || to_local(first, offset) == local ? first
         : to_local(as_utc - after, offset) == local         ? as_utc - after
                                                             : first;
}

std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text) {
  const auto pieces = cut(text);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!pieces[i].number) continue;
    if (const auto time = read_split_time(pieces, i)) return time;
    const auto half = half_of(pieces, i + 1);
    if (half != Half::None && pieces[i].text.size() <= 2) return make_time(pieces[i].value, 0, half);
  }
  // Digits alone: "2000", "930pm", and "20" where nothing else is there.
  for (std::size_t i = 0; i < pieces.size(); ++i)
    if (pieces[i].number && (pieces[i].text.size() == 3 || pieces[i].text.size() == 4))
      return make_time(pieces[i].value / 100, pieces[i].value % 100, half_of(pieces, i + 1));
  if (!pieces.empty() && pieces[0].number && pieces[0].text.size() <= 2 &&
      (pieces.size() == 1 || pieces[1].text == "uhr"))
    return make_time(pieces[0].value, 0, Half::None);
  return std::nullopt;
}

std::optional<year_month_day> parse_date(std::string_view text, year_month_day today) {
  const auto pieces = cut(text);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (const auto date = read_named(pieces, i, today)) return date;
    if (const auto date = read_numbers(pieces, i, today)) return date;
    if (pieces[i].text == "today") return today;
    if (pieces[i].text == "tomorrow") return year_month_day(local_days(today) + days(1));
  }
  return std::nullopt;
}

std::optional<unsigned> find_month(std::string_view name) {
  const auto word = fold(trim(name));
  for (unsigned i = 0; i < kMonths.size(); ++i)
    if (lists(kMonths[i], word)) return i + 1;
  return std::nullopt;
}

} // namespace relevo::lineup
