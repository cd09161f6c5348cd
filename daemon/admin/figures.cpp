// SPDX-License-Identifier: LGPL-2.1-or-later
#include "admin/figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace relevo::admin {
namespace {

struct Kind {
  double Figures::*figure;
  FigureColumns::Column FigureColumns::*column;
  double parts; // of one that are told: digits that nobody reads would be half of an answer
};

constexpr std::array kKinds = {
    Kind{&Figures::cpu, &FigureColumns::cpu, 10'000},
    Kind{&Figures::memory, &FigureColumns::memory, 1},
    Kind{&Figures::received, &FigureColumns::received, 1},
    Kind{&Figures::sent, &FigureColumns::sent, 1},
    Kind{&Figures::viewers, &FigureColumns::viewers, 100},
    Kind{&Figures::sessions, &FigureColumns::sessions, 100},
};

double received_between(const Reading& before, const Reading& now) {
  std::uint64_t bytes = 0;
  for (const auto& [session, sum] : now.received) {
    const auto found = before.received.find(session);
    const bool grew = found != before.received.end() && found->second <= sum; // else it began anew
    bytes += grew ? sum - found->second : sum;
  }
  return static_cast<double>(bytes);
}

void append(FigureColumns& columns, const std::optional<Figures>& figures) {
  for (const auto& [figure, column, parts] : kKinds)
    (columns.*column)
        .push_back(figures ? std::optional(std::round(*figures.*figure * parts) / parts) : std::nullopt);
}

} // namespace

Figures figures_between(const Reading& before, const Reading& now) {
  constexpr double kBits = 8;
  const double seconds = std::max(std::chrono::duration<double>(now.at - before.at).count(), 1e-3);
  Figures figures;
  figures.cpu = std::max(now.cpu_seconds - before.cpu_seconds, 0.0) / seconds;
  figures.memory = static_cast<double>(now.memory);
  figures.received = kBits * received_between(before, now) / seconds;
  figures.sent = kBits * static_cast<double>(now.sent - std::min(before.sent, now.sent)) / seconds;
  figures.viewers = static_cast<double>(now.viewers);
  figures.sessions = static_cast<double>(now.received.size());
  return figures;
}

void Course::add(model::Time at, const Figures& figures) {
  const auto begin = at - at.time_since_epoch() % step_;
  while (!steps_.empty() && steps_.back().begin > begin)
    steps_.pop_back();
  if (steps_.empty() || steps_.back().begin < begin) steps_.push_back({begin});
  while (steps_.front().begin <= begin - span_)
    steps_.pop_front();
  Step& step = steps_.back();
  ++step.samples;
  for (const auto& [figure, column, parts] : kKinds) {
    step.sum.*figure += figures.*figure;
    step.most.*figure = std::max(step.most.*figure, figures.*figure);
  }
}

Figures Course::Step::mean() const {
  Figures mean;
  for (const auto& [figure, column, parts] : kKinds)
    mean.*figure = sum.*figure / samples;
  return mean;
}

FigureHistory Course::read() const {
  FigureHistory history{span_, step_};
  const auto tell = [&history](model::Time at, const std::optional<Figures>& mean,
                               const std::optional<Figures>& most) {
    history.at.push_back(at);
    append(history.mean, mean);
    append(history.most, most);
  };
  for (const Step& step : steps_) {
    while (!history.at.empty() && history.at.back() + step_ < step.begin)
      tell(history.at.back() + step_, {}, {});
    tell(step.begin, step.mean(), step.most);
  }
  return history;
}

} // namespace relevo::admin
