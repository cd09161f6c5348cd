// SPDX-License-Identifier: LGPL-2.1-or-later
// Two names of any bytes: they are understood, like themselves, and as like each other one way as the other
// way round; a guide made of one finds it again. Input: a name, another, a time or date.
#include "fuzz.hpp"
#include "lineup/compare.hpp"
#include "lineup/dummy_guide.hpp"
#include "lineup/fold.hpp"
#include "lineup/grouping.hpp"
#include "lineup/guide.hpp"

#include <chrono>
#include <string>
#include <string_view>

using namespace relevo;
using namespace relevo::lineup;
using relevo::fuzz::require;

namespace {

void check_name(std::string_view text) {
  const auto folded = fold(text);
  require(fold(folded) == folded);
  const auto name = understand(text);
  require(name == understand(text));
  require(name.shift >= 0 && name.shift <= 12);
  for (const auto& word : name.words)
    require(!word.empty() && word.find(' ') == std::string::npos && fold(word) == word);
  require(name.glued.empty() == (name.words.empty() && name.numbers.empty()));
  static_cast<void>(understand_id(text));
  static_cast<void>(find_country(text));
  if (name.kind == Kind::Separator || name.glued.empty()) return;
  require(score(name, name) >= kAccept && !contradict(name, name));
  if (name.words.empty()) return; // to a guide that is a number of a channel
  const GuideChannel channel{"", {std::string(text)}};
  const auto found = match({{std::string(text)}}, GuideIndex({&channel, 1}));
  require((found.verdict == Verdict::Accepted) == (name.kind == Kind::Channel));
}

void check_pair(const Name& a, const Name& b) {
  const auto one = compare(a, b);
  require(one == compare(b, a));
  require(one.score >= 0 && one.score <= 100 && one.score == score(a, b));
  require(contradict(a, b) == contradict(b, a));
  require(!contradict(a, b) || one.score <= kContradiction);
  require(!one.reasons.empty());
}

void check_groups(std::string_view a, std::string_view b) {
  const StreamFacts streams[] = {{"1", a, b}, {"2", b, b}, {"3", a, "", b}};
  std::size_t members = 0;
  for (const auto& group : group(streams))
    members += group.members.size();
  require(members == 3);
  for (const auto& group : group(streams, {{}, {{"1", "3"}}, {"2"}}))
    require(group.members.size() == 1);
}

void check_moment(std::string_view text) {
  using namespace std::chrono;
  const auto today = 2026y / November / 26;
  if (const auto date = parse_date(text, today)) require(date->ok());
  if (const auto time = parse_time_of_day(text)) require(*time >= 0min && *time < 24h);
  static_cast<void>(fill_template(text, {{"title", std::string(text)}}));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  const std::string a(as_text(fuzz::take_packet(input))), b(as_text(fuzz::take_packet(input)));
  check_name(a);
  check_name(b);
  check_pair(understand(a), understand(b));
  check_pair(understand(a), understand_id(b));
  check_groups(a, b);
  check_moment(as_text(input));
  return 0;
}
