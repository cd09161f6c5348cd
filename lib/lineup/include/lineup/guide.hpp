// SPDX-License-Identifier: LGPL-2.1-or-later
// Finding the channel of a guide for a channel of the lineup.
#pragma once

#include "lineup/name.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace relevo::lineup {

/// A channel that some guide has.
struct GuideChannel {
  std::string id{};
  std::vector<std::string> names{}; // a number among them is the place of the channel in somebody's lineup
  int priority = 0;                 // of its source: among equals the highest wins
};

/// The channel that wants a guide.
struct Wanted {
  std::vector<std::string> names{};
  std::string tvg_id{};
  std::string country{}; // for names that tell none; any spelling
  std::string number{};  // of the channel; decides between equals
};

enum class Verdict : std::uint8_t {
  None,   // nothing is like it
  Review, // somebody should look at the candidates
  Accepted,
};

struct Candidate {
  std::size_t guide = 0; // position in what the index was made of
  int score = 0;
  std::string reason{}; // for people
};

struct Match {
  Verdict verdict = Verdict::None;
  std::vector<Candidate> candidates{}; // the best first, at most kMostCandidates, none below kReview
  std::string reason{};                // why the best one was not accepted; "" where it was
};
inline constexpr std::size_t kMostCandidates = 5;

/// All channels of all guides, ready to be searched. Immutable, so many threads may search at once.
class GuideIndex {
 public:
  /// Keeps nothing of what it is given.
  explicit GuideIndex(std::span<const GuideChannel> channels);

  /// One spelling of one channel.
  struct Form {
    Name name;
    std::uint32_t channel = 0;
  };
  using Places = std::vector<std::uint32_t>;

  [[nodiscard]] const Places& find_id(std::string_view id) const;
  /// Of the forms that may be like the name the most promising, in no order.
  [[nodiscard]] Places find_forms(const Name& name) const;
  [[nodiscard]] const Form& form(std::uint32_t at) const { return forms_[at]; }
  [[nodiscard]] const Places& forms_of(std::uint32_t channel) const { return channels_[channel].forms; }
  [[nodiscard]] const std::string& id(std::uint32_t channel) const { return channels_[channel].id; }
  [[nodiscard]] int priority(std::uint32_t channel) const { return channels_[channel].priority; }
  [[nodiscard]] bool has_number(std::uint32_t channel, std::string_view number) const;

 private:
  struct Channel {
    std::string id; // trimmed, in lower case
    int priority = 0;
    Places forms{};
    std::vector<std::string> numbers{};
  };

  void add_form(Name name, std::uint32_t channel);

  std::vector<Channel> channels_;
  std::vector<Form> forms_;
  std::unordered_map<std::string, Places> by_id_;
  std::unordered_map<std::string, Places> by_key_; // see guide_keys.hpp
};

[[nodiscard]] Match match(const Wanted& wanted, const GuideIndex& index);

} // namespace relevo::lineup
