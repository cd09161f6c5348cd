// SPDX-License-Identifier: LGPL-2.1-or-later
// The id first, then every name against what the index finds for it; the best is taken where no other is as
// good.
#include "base/text.hpp"
#include "lineup/compare.hpp"
#include "lineup/guide.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace relevo::lineup {
namespace {

// An id that the names contradict: many providers give "Channel +1" the id of "Channel".
constexpr int kDoubtfulId = 80;
// So near to the best, another channel may as well be meant.
constexpr int kNear = 2;

struct Hit {
  int score = -1;
  std::size_t name = 0; // of the channel
  std::uint32_t form = 0;
};

class Search {
 public:
  Search(const Wanted& wanted, const GuideIndex& index) : wanted_(wanted), index_(index) {
    const auto country = find_country(wanted.country);
    for (const auto& text : wanted.names) {
      auto name = understand(text);
      if (name.country.empty()) name.country = country;
      if (name.kind != Kind::Separator) names_.push_back(std::move(name));
    }
    add_id_as_name(country);
  }

  Match run() {
    if (!wanted_.tvg_id.empty())
      for (const auto channel : index_.find_id(wanted_.tvg_id))
        add_id(channel);
    if (std::ranges::none_of(found_, [](const Found& found) { return found.score == 100; })) search_names();
    rank();
    return judge();
  }

 private:
  struct Found {
    std::uint32_t channel = 0;
    Hit hit{};
    int score = 0;
    bool by_id = false;
    bool number = false;
  };

  /// "BBCOne.uk" is a name, too, unless the names contradict it.
  void add_id_as_name(const std::string& country) {
    auto name = understand_id(wanted_.tvg_id);
    if (name.kind == Kind::Separator) return;
    if (name.country.empty()) name.country = country;
    const auto against = [&](const Name& other) { return contradict(name, other); };
    if (std::ranges::none_of(names_, against)) names_.push_back(std::move(name));
  }

  [[nodiscard]] Hit best_form(std::uint32_t channel) const {
    Hit best;
    for (std::size_t i = 0; i < names_.size(); ++i)
      for (const auto form : index_.forms_of(channel))
        if (const int value = score(names_[i], index_.form(form).name); value > best.score)
          best = {value, i, form};
    return best;
  }

  void add_id(std::uint32_t channel) {
    const auto hit = best_form(channel);
    const bool doubt = hit.score >= 0 && contradict(names_[hit.name], index_.form(hit.form).name);
    add(channel, hit, doubt ? kDoubtfulId : 100, true);
  }

  void add(std::uint32_t channel, Hit hit, int value, bool by_id) {
    found_.push_back({channel, hit, value, by_id, index_.has_number(channel, trim(wanted_.number))});
  }

  void search_names() {
    std::unordered_map<std::uint32_t, Hit> best;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (names_[i].kind == Kind::Event) continue; // what it shows changes: no guide has it by name
      for (const auto form : index_.find_forms(names_[i])) {
        const int value = score(names_[i], index_.form(form).name);
        auto& hit = best[index_.form(form).channel];
        if (value > hit.score) hit = {value, i, form};
      }
    }
    for (const auto& [channel, hit] : best)
      if (hit.score >= kReview && !has(channel)) add(channel, hit, hit.score, false);
  }

  [[nodiscard]] bool has(std::uint32_t channel) const {
    return std::ranges::find(found_, channel, &Found::channel) != found_.end();
  }

  void rank() {
    std::ranges::sort(found_, [this](const Found& a, const Found& b) {
      if (a.score != b.score) return a.score > b.score;
      if (a.number != b.number) return a.number;
      const int pa = index_.priority(a.channel), pb = index_.priority(b.channel);
      return pa != pb ? pa > pb : a.channel < b.channel;
    });
  }

  Match judge() const {
    Match out;
    for (const auto& found : found_) {
      if (out.candidates.size() == kMostCandidates) break;
      out.candidates.push_back({found.channel, found.score, explain(found)});
    }
    if (found_.empty()) {
      out.reason = names_.empty() ? "no name to go by" : "no channel of the guides is like it";
    } else if (found_.front().score < kAccept) {
      out.verdict = Verdict::Review;
      out.reason = found_.front().by_id ? "the id fits and the names do not" : "not alike enough";
    } else if (is_ambiguous()) {
      out.verdict = Verdict::Review;
      out.reason = "several channels are as like it";
    } else {
      out.verdict = Verdict::Accepted;
    }
    return out;
  }

  /// Whether another channel that is really another comes as near as the best.
  [[nodiscard]] bool is_ambiguous() const {
    const auto& best = found_.front();
    if (best.by_id) return false;
    return std::any_of(found_.begin() + 1, found_.end(), [&](const Found& other) {
      if (other.score + kNear < best.score || index_.id(other.channel) == index_.id(best.channel))
        return false;
      if (best.number && !other.number) return false;
      return score(index_.form(best.hit.form).name, index_.form(other.hit.form).name) < kAccept;
    });
  }

  [[nodiscard]] std::string explain(const Found& found) const {
    std::string text = found.by_id ? "the same id" : "";
    if (found.by_id && (found.score == 100 || found.hit.score < 0)) return text;
    for (const auto& reason : compare(names_[found.hit.name], index_.form(found.hit.form).name).reasons)
      text += concat(text.empty() ? "" : "; ", reason);
    return text;
  }

  const Wanted& wanted_;
  const GuideIndex& index_;
  std::vector<Name> names_;
  std::vector<Found> found_;
};

} // namespace

Match match(const Wanted& wanted, const GuideIndex& index) {
  return Search(wanted, index).run();
}

} // namespace relevo::lineup
