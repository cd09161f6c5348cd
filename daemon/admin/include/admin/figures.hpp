// SPDX-License-Identifier: LGPL-2.1-or-later
// What the daemon needs and moves, in one moment and over a span of time, as values.
#pragma once

#include "model/account.hpp"
#include "sessions/event.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace relevo::admin {

/// Means of some seconds.
struct Figures {
  double cpu = 0;      // processors that are busy
  double memory = 0;   // bytes
  double received = 0; // bits a second, from providers
  double sent = 0;     // bits a second, to viewers
  double viewers = 0;
  double sessions = 0;

  bool operator==(const Figures&) const = default;
};

/// What can be seen in one moment: sums that grow.
struct Reading {
  std::chrono::steady_clock::time_point at{};
  double cpu_seconds = 0;
  std::uint64_t memory = 0;
  std::map<sessions::SessionId, std::uint64_t> received{}; // bytes, of each session that there is
  std::uint64_t sent = 0;                                  // bytes
  std::size_t viewers = 0;
};

/// Nothing is ever below 0.
[[nodiscard]] Figures figures_between(const Reading& before, const Reading& now);

/// Each as long as the others; empty: nothing is known of that time.
struct FigureColumns {
  using Column = std::vector<std::optional<double>>;
  Column cpu{};
  Column memory{};
  Column received{};
  Column sent{};
  Column viewers{};
  Column sessions{};
};

struct FigureHistory {
  std::chrono::seconds span{};
  std::chrono::seconds step{};
  std::vector<model::Time> at{}; // when each step begins
  FigureColumns mean{};
  FigureColumns most{};
  std::optional<Figures> now{}; // empty: it is too early
};

/// How figures went, step by step: of each the mean and the most. Older ones than its span are forgotten, so
/// that it takes no more memory than its steps.
class Course {
 public:
  Course(std::chrono::seconds span, std::chrono::seconds step) : span_(span), step_(step) {}

  /// Where the clock was set back, what is then in the future is forgotten too.
  void add(model::Time at, const Figures& figures);
  [[nodiscard]] FigureHistory read() const;

 private:
  struct Step {
    model::Time begin;
    unsigned samples = 0;
    Figures sum{};
    Figures most{};

    [[nodiscard]] Figures mean() const;
  };

  const std::chrono::seconds span_;
  const std::chrono::seconds step_;
  std::deque<Step> steps_; // without those of which nothing is known
};

} // namespace relevo::admin
