// SPDX-License-Identifier: LGPL-2.1-or-later
#include "admin/figures.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::admin;
using namespace std::chrono_literals;

namespace {

using Column = FigureColumns::Column;
constexpr std::nullopt_t kNot = std::nullopt;

struct Sample {
  std::chrono::seconds at;
  double cpu;
};

FigureHistory history_of(const std::vector<Sample>& samples, std::chrono::seconds span = 60s) {
  Course course(span, 10s);
  for (const auto& [at, cpu] : samples) {
    Figures figures;
    figures.cpu = cpu;
    course.add(model::Time(at), figures);
  }
  return course.read();
}

Reading reading_of(std::chrono::milliseconds at) {
  Reading reading;
  reading.at = std::chrono::steady_clock::time_point(at);
  return reading;
}

} // namespace

TEST_CASE("of each step there is the mean and the most") {
  struct Row {
    const char* what;
    std::vector<Sample> samples;
    std::vector<int> at;
    Column mean, most;
  };
  const Row rows[] = {
      {"nothing", {}, {}, {}, {}},
      {"one", {{1003s, 0.5}}, {1000}, {0.5}, {0.5}},
      {"two in a step", {{1000s, 0.1}, {1009s, 0.3}}, {1000}, {0.2}, {0.3}},
      {"two steps", {{1009s, 0.1}, {1010s, 0.3}}, {1000, 1010}, {0.1, 0.3}, {0.1, 0.3}},
      {"a gap",
       {{1000s, 0.1}, {1035s, 0.3}},
       {1000, 1010, 1020, 1030},
       {0.1, kNot, kNot, 0.3},
       {0.1, kNot, kNot, 0.3}},
      {"the oldest goes",
       {{1000s, 1}, {1010s, 2}, {1020s, 3}, {1030s, 4}, {1040s, 5}, {1050s, 6}, {1060s, 7}},
       {1010, 1020, 1030, 1040, 1050, 1060},
       {2., 3., 4., 5., 6., 7.},
       {2., 3., 4., 5., 6., 7.}},
      {"a leap beyond all of it", {{1000s, 1}, {9000s, 2}}, {9000}, {2.}, {2.}},
      {"the clock was set back",
       {{1000s, 1}, {1010s, 2}, {1020s, 3}, {1015s, 4}},
       {1000, 1010},
       {1., 3.},
       {1., 4.}},
      {"set back to before all of it", {{1000s, 1}, {10s, 2}}, {10}, {2.}, {2.}},
      {"digits that say nothing", {{1000s, 0.123456}}, {1000}, {0.1235}, {0.1235}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const auto history = history_of(row.samples);
    std::vector<int> at;
    for (const auto begin : history.at)
      at.push_back(static_cast<int>(begin.time_since_epoch().count()));
    CHECK(at == row.at);
    CHECK(history.mean.cpu == row.mean);
    CHECK(history.most.cpu == row.most);
    CHECK(history.mean.sessions.size() == row.at.size());
  }
}

TEST_CASE("a course never has more steps than its span") {
  std::vector<Sample> samples;
  for (auto at = 0s; at < 100'000s; at += 5s)
    samples.push_back({at, 1});
  CHECK(history_of(samples, 3600s).at.size() == 360);
}

TEST_CASE("figures are what has grown between two looks") {
  auto before = reading_of(1000ms), now = reading_of(3000ms);
  before.cpu_seconds = 10;
  now.cpu_seconds = 11;
  before.memory = 7;
  now.memory = 9;
  before.sent = 1000;
  now.sent = 3000;
  now.viewers = 4;
  before.received = {{1, 500}, {2, 900}, {3, 800}};
  now.received = {
      {1, 1500}, {2, 100}, {4, 50}}; // the second began anew, the third is gone, the fourth is new
  const auto figures = figures_between(before, now);
  CHECK(figures.cpu == 0.5);
  CHECK(figures.memory == 9);
  CHECK(figures.received == 8 * (1000 + 100 + 50) / 2.);
  CHECK(figures.sent == 8 * 2000 / 2.);
  CHECK(figures.viewers == 4);
  CHECK(figures.sessions == 3);
}

TEST_CASE("no figure is below nothing") {
  auto before = reading_of(1000ms);
  before.cpu_seconds = 10;
  before.sent = 1000;
  CHECK(figures_between(before, reading_of(2000ms)) == Figures{});
  CHECK(figures_between(before, before) == Figures{});
}
