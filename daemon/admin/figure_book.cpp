// SPDX-License-Identifier: LGPL-2.1-or-later
#include "admin/figure_book.hpp"

#include "process_facts.hpp"

#include <algorithm>
#include <array>

namespace relevo::admin {
namespace {

using namespace std::chrono_literals;

constexpr auto kLook = 5s;

struct Span {
  std::string_view name;
  std::chrono::seconds length, step;
};
constexpr std::string_view kNow = "now"; // no steps at all
/// About as many steps as a chart has room for.
constexpr std::array kSpans = {Span{"hour", 1h, 10s}, Span{"day", 24h, 5min}, Span{"week", 168h, 30min}};

} // namespace

std::vector<std::string_view> FigureBook::spans() {
  std::vector<std::string_view> names{kNow};
  for (const Span& span : kSpans)
    names.push_back(span.name);
  return names;
}

FigureBook::FigureBook(const Tally& tally, const sessions::Sessions& sessions)
    : tally_(tally), sessions_(sessions), last_(look()) {
  for (const Span& span : kSpans)
    kept_.lock()->courses.emplace_back(span.length, span.step);
  timer_ = gx::Source::every(nullptr, kLook, [this] { take(); });
}

Reading FigureBook::look() const {
  Reading reading;
  reading.at = std::chrono::steady_clock::now();
  reading.cpu_seconds = own_cpu_seconds();
  reading.memory = resident_bytes();
  reading.sent = tally_.bytes;
  for (const auto& session : sessions_.view()) {
    reading.received[session.id] = session.received;
    reading.viewers += session.viewers.size();
    for (const auto& viewer : session.viewers)
      reading.sent += viewer.stats.bytes;
  }
  return reading;
}

void FigureBook::take() {
  auto reading = look();
  // Who has just left is in no view any more, and his bytes come to the others a moment later.
  reading.sent = std::max(reading.sent, last_.sent);
  const auto figures = figures_between(last_, reading);
  last_ = std::move(reading);
  const auto at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto kept = kept_.lock();
  kept->now = figures;
  for (Course& course : kept->courses)
    course.add(at, figures);
}

std::optional<FigureHistory> FigureBook::read(std::string_view span) const {
  const auto found = std::ranges::find(kSpans, span, &Span::name);
  if (found == kSpans.end() && span != kNow) return std::nullopt;
  const auto kept = kept_.lock();
  FigureHistory history;
  if (span != kNow) history = kept->courses[static_cast<std::size_t>(found - kSpans.begin())].read();
  history.now = kept->now;
  return history;
}

} // namespace relevo::admin
