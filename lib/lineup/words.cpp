// SPDX-License-Identifier: LGPL-2.1-or-later
// Counterparts are looked for in rounds: the surest first.
#include "words.hpp"

#include "vocabulary.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>

namespace relevo::lineup {
namespace {

// What is longer is compared for equality alone: names of channels are short, and the rest costs its square.
constexpr std::size_t kMostWords = 16;
constexpr std::size_t kLongestWord = 24;
constexpr double kAbbreviation = 0.85;
constexpr std::size_t kShortestAbbreviation = 3;

/// Letters added, left out, wrong, or two changed round. Neither word is longer than kLongestWord.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, kLongestWord + 1>;
  Row before{}, last{}, row{};
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = last;
    last = row;
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

/// 0 to 1.
double likeness(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() > kLongestWord || a.size() < kShortestAbbreviation) return 0;
  if (b.starts_with(a)) return kAbbreviation;
  // A letter in five may be wrong: "mezzo" and "metro" are two, "eurosprt" is one.
  const std::size_t most = b.size() / 5;
  if (most == 0 || b.size() - a.size() > most) return 0;
  const auto distance = edit_distance(a, b);
  return distance > most ? 0 : 1 - static_cast<double>(distance) / static_cast<double>(b.size());
}

class Matcher {
 public:
  Matcher(const std::vector<std::string>& a, const std::vector<std::string>& b)
      : a_(a), b_(b), used_a_(a.size(), 0), used_b_(b.size(), 0) {}

  Overlap run() {
    match_equal();
    if (a_.size() <= kMostWords && b_.size() <= kMostWords) {
      match_glued(a_, used_a_, b_, used_b_);
      match_glued(b_, used_b_, a_, used_a_);
      match_alike();
    }
    for (std::size_t i = 0; i < a_.size(); ++i)
      count_left(a_[i], used_a_[i], out_.left_in_a);
    for (std::size_t i = 0; i < b_.size(); ++i)
      count_left(b_[i], used_b_[i], out_.left_in_b);
    out_.share = matched_ + left_ > 0 ? matched_ / (matched_ + left_) : 0;
    return out_;
  }

 private:
  using Used = std::vector<char>;

  void match_equal() {
    for (std::size_t i = 0; i < a_.size(); ++i)
      for (std::size_t j = 0; j < b_.size(); ++j)
        if (used_b_[j] == 0 && a_[i] == b_[j]) {
          pair(used_a_[i], used_b_[j], 2 * weight(a_[i]), 1);
          break;
        }
  }

  /// "euro sport" and "eurosport".
  void match_glued(const std::vector<std::string>& apart, Used& used_apart,
                   const std::vector<std::string>& whole, Used& used_whole) {
    for (std::size_t i = 0; i + 1 < apart.size(); ++i)
      for (std::size_t j = 0; j < whole.size(); ++j) {
        if (used_apart[i] != 0 || used_apart[i + 1] != 0 || used_whole[j] != 0) continue;
        const auto& word = whole[j];
        if (word.size() != apart[i].size() + apart[i + 1].size() || !word.starts_with(apart[i]) ||
            !word.ends_with(apart[i + 1]))
          continue;
        used_apart[i + 1] = 1;
        pair(used_apart[i], used_whole[j], weight(apart[i]) + weight(apart[i + 1]) + weight(word), 1);
      }
  }

  void match_alike() {
    struct Candidate {
      double likeness;
      std::size_t a, b;
    };
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < a_.size(); ++i)
      for (std::size_t j = 0; used_a_[i] == 0 && j < b_.size(); ++j)
        if (const auto like = used_b_[j] == 0 ? likeness(a_[i], b_[j]) : 0; like > 0)
          candidates.push_back({like, i, j});
    std::ranges::stable_sort(candidates, std::greater{}, &Candidate::likeness);
    for (const auto& [like, i, j] : candidates)
      if (used_a_[i] == 0 && used_b_[j] == 0) {
        pair(used_a_[i], used_b_[j], weight(a_[i]) + weight(b_[j]), like);
        out_.spelled_alike = false;
      }
  }

  void pair(char& a, char& b, double both, double like) {
    a = b = 1;
    matched_ += both * like;
    left_ += both * (1 - like);
  }

  void count_left(const std::string& word, char used, bool& says_something) {
    if (used != 0) return;
    left_ += weight(word);
    says_something = says_something || weight(word) > 0.5;
  }

  const std::vector<std::string>& a_;
  const std::vector<std::string>& b_;
  Used used_a_, used_b_;
  double matched_ = 0;
  double left_ = 0;
  Overlap out_;
};

} // namespace

Overlap overlap(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  // One order for both ways round: ties between candidates must not depend on who asks.
  if (b < a) {
    auto out = Matcher(b, a).run();
    std::swap(out.left_in_a, out.left_in_b);
    return out;
  }
  return Matcher(a, b).run();
}

} // namespace relevo::lineup
