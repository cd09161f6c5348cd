// SPDX-License-Identifier: LGPL-2.1-or-later
// How well channels with the names of real providers find their guide: measured, and held to what was
// measured.
#include "base/text.hpp"
#include "lineup/guide.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <string>
#include <vector>

using namespace relevo;
using namespace relevo::lineup;

namespace {

std::vector<std::vector<std::string>> read_table(const std::string& name) {
  std::ifstream file(std::string(RELEVO_LABELLED "/") + name);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("# ")) continue;
    auto& row = rows.emplace_back();
    for (std::size_t at = 0; at <= line.size();) {
      const auto end = std::min(line.find('\t', at), line.size());
      row.push_back(line.substr(at, end - at));
      at = end + 1;
    }
  }
  return rows;
}

struct Outcome {
  int right = 0;  // accepted the right one, or took nothing where nothing was right
  int review = 0; // the right one is among the candidates; or there is none, and somebody is asked
  int missed = 0; // the right one is not among the candidates
  int wrong = 0;  // accepted another
  std::string failures{};
};

const std::vector<GuideChannel>& guide() {
  static const auto channels = [] {
    std::vector<GuideChannel> out;
    for (const auto& row : read_table("guide.tsv"))
      out.push_back({row.at(0), {row.begin() + 1, row.end()}, 0});
    return out;
  }();
  return channels;
}

void count(Outcome& outcome, const std::vector<std::string>& row, const Match& found) {
  const auto& answer = row.at(3);
  const auto is_answer = [&](const Candidate& candidate) { return guide()[candidate.guide].id == answer; };
  const bool accepted = found.verdict == Verdict::Accepted;
  const char* what = nullptr;
  if (accepted ? is_answer(found.candidates.front()) : answer == "none" && found.verdict == Verdict::None) {
    ++outcome.right;
    return;
  }
  if (accepted) {
    ++outcome.wrong;
    what = "wrong";
  } else if (answer == "none" || std::ranges::any_of(found.candidates, is_answer)) {
    ++outcome.review;
    what = "review";
  } else {
    ++outcome.missed;
    what = "missed";
  }
  outcome.failures += concat(what, ": ", row.at(0), " is ", answer, '\n');
  for (const auto& candidate : found.candidates)
    outcome.failures +=
        concat("    ", candidate.score, ' ', guide()[candidate.guide].id, ": ", candidate.reason, '\n');
}

Outcome measure(const std::string& table) {
  const GuideIndex index(guide());
  Outcome outcome;
  const auto rows = read_table(table);
  for (const auto& row : rows)
    count(outcome, row, match({{row.at(0)}, row.at(1), row.at(2), ""}, index));
  MESSAGE(table, ": right ", outcome.right, ", review ", outcome.review, ", missed ", outcome.missed,
          ", wrong ", outcome.wrong, " of ", rows.size());
  return outcome;
}

} // namespace

// The numbers are those of docs/matching.md; whoever makes it better raises the bar here and there.

TEST_CASE("labelled channels find their guide") {
  REQUIRE(guide().size() == 526);
  const auto outcome = measure("channels.tsv");
  INFO(outcome.failures);
  CHECK(outcome.right >= 198);
  CHECK(outcome.missed <= 9);
  CHECK(outcome.wrong == 0);
}

TEST_CASE("so do channels that no rule was made for") {
  const auto outcome = measure("fresh.tsv");
  INFO(outcome.failures);
  CHECK(outcome.right >= 89);
  CHECK(outcome.missed <= 6);
  CHECK(outcome.wrong == 0);
}
