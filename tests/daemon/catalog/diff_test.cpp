// SPDX-License-Identifier: LGPL-2.1-or-later
#include "catalog/diff.hpp"
#include "catalog/fingerprint.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <random>
#include <string>

using namespace relevo;
using catalog::Diff;
using catalog::Objection;
using model::Likeness;
using model::StreamKind;

namespace {

struct Entry {
  std::string name{};
  std::string url{};
  std::string provider_id{};
  std::string group{};
  std::string tvg_id{};
  StreamKind kind = StreamKind::Live;
};
using Entries = std::vector<Entry>;

const std::vector<Likeness> kAll = model::Account{}.likenesses;

model::Fingerprint print_of(const Entry& entry) {
  model::Found found;
  found.kind = entry.kind;
  found.name = entry.name;
  found.url = entry.url;
  found.provider_id = entry.provider_id;
  found.group = entry.group;
  found.tvg_id = entry.tvg_id;
  return catalog::fingerprint(found);
}

std::vector<catalog::Stored> store(const Entries& entries) {
  std::vector<catalog::Stored> stored;
  for (const Entry& entry : entries)
    stored.push_back({{static_cast<std::int64_t>(stored.size()) + 1}, entry.kind, false, 0, print_of(entry)});
  return stored;
}

std::vector<catalog::Listed> list(const Entries& entries) {
  std::vector<catalog::Listed> listed;
  for (const Entry& entry : entries)
    listed.push_back({entry.kind, print_of(entry)});
  return listed;
}

Diff compare(const Entries& before, const Entries& after, const std::vector<Likeness>& likenesses = kAll) {
  return catalog::compare(store(before), list(after), likenesses);
}

/// For each entry of the list the stored one that it is, -1 for a new one.
std::vector<int> origins(const Entries& before, const Entries& after) {
  std::vector<int> origins(after.size(), -1);
  for (const auto& match : compare(before, after).matches)
    origins[match.listed] = static_cast<int>(match.stored);
  return origins;
}

Entries channels(int number, const std::string& host, const std::string& token) {
  Entries entries;
  for (int i = 0; i < number; ++i) {
    const auto text = std::to_string(i);
    entries.push_back({"Channel " + text, "http://" + host + "/tv/" + text + ".ts?token=" + token, "", "All",
                       i % 3 == 0 ? "" : "ch" + text + ".example"});
  }
  return entries;
}

} // namespace

TEST_CASE("an unchanged list changes nothing") {
  const auto entries = channels(100, "a", "1");
  const auto diff = compare(entries, entries);
  CHECK(diff.matches.size() == 100);
  CHECK(std::ranges::all_of(diff.matches, [](const auto& m) { return m.stored == m.listed; }));
  CHECK(diff.added.empty());
  CHECK(diff.vanished.empty());
}

TEST_CASE("a stream is known again") {
  const auto before = channels(100, "a", "1");
  auto after = before;
  std::vector<int> expected(100);
  for (int i = 0; i < 100; ++i)
    expected[static_cast<std::size_t>(i)] = i;
  SUBCASE("with another token") {
    after = channels(100, "a", "2");
  }
  SUBCASE("on another host, with another token") {
    after = channels(100, "b.example:8080", "2");
  }
  SUBCASE("in another group") {
    for (auto& entry : after)
      entry.group = "Others";
  }
  SUBCASE("under another name") {
    for (auto& entry : after)
      entry.name += " HD";
  }
  SUBCASE("under another name and with another token") {
    after = channels(100, "a", "2");
    for (auto& entry : after)
      entry.name += " HD";
  }
  SUBCASE("in another order") {
    std::ranges::shuffle(expected, std::minstd_rand(1)); // NOLINT(cert-msc51-cpp): the same every time
    for (std::size_t i = 0; i < after.size(); ++i)
      after[i] = before[static_cast<std::size_t>(expected[i])];
  }
  CHECK(origins(before, after) == expected);
}

TEST_CASE("the provider's number outlives everything else") {
  const Entries before = {{"News", "http://a/1", "17"}, {"Sport", "http://a/2", "18"}};
  const Entries after = {{"Football", "http://b/9", "18", "New"}, {"24h", "http://b/8", "17", "New"}};
  CHECK(origins(before, after) == std::vector{1, 0});
}

TEST_CASE("nobody is taken for another") {
  SUBCASE("several under one number: the name decides") {
    const Entries before = {{"News", "http://a/1", "17"}, {"Sport", "http://a/2", "17"}};
    CHECK(origins(before, {{"Sport", "http://a/3", "17"}}) == std::vector{1});
    CHECK(origins(before, {{"Film", "http://a/3", "17"}}) == std::vector{-1});
  }
  SUBCASE("addresses that are alike but for what was hidden") {
    const std::string token(32, '7');
    const Entries before = {{"News", "http://a/" + token + "ab/index.m3u8"}};
    CHECK(origins(before, {{"Film", "http://a/" + token + "cd/index.m3u8"}}) == std::vector{-1});
    CHECK(origins(before, {{"News", "http://a/" + token + "cd/index.m3u8"}}) == std::vector{0});
  }
  SUBCASE("one name for many: those in the same group first, then in their order") {
    const Entries before = {
        {"Sport", "http://a/1", "", "A"}, {"Sport", "http://a/2", "", "B"}, {"Sport", "http://a/3", "", "C"}};
    const Entries after = {{"Sport", "http://b/7", "", "B"},
                           {"Sport", "http://b/8", "", "X"},
                           {"Sport", "http://b/9", "", "Y"},
                           {"Sport", "http://b/10", "", "Z"}};
    CHECK(origins(before, after) == std::vector{1, 0, 2, -1});
  }
  SUBCASE("other kinds") {
    const Entries before = {{"Alien", "http://a/1", "5", "", "", StreamKind::Movie}};
    CHECK(origins(before, {{"Alien", "http://a/1", "5", "", "", StreamKind::Live}}) == std::vector{-1});
  }
}

TEST_CASE("what an account does not go by does not count") {
  const Entries before = {{"News", "http://a/1", "17", "", "news.example"}};
  const Entries after = {{"News", "http://b/1", "99", "", "news.example"}};
  CHECK(compare(before, after, {Likeness::ProviderId, Likeness::Url}).matches.empty());
  const auto diff = compare(before, after, {Likeness::ProviderId, Likeness::Title});
  CHECK(diff.matches == std::vector<catalog::Match>{{0, 0, Likeness::Title}});
}

TEST_CASE("what is missing comes back, and is not told again") {
  auto stored = store(channels(3, "a", "1"));
  stored[1].missing = true;
  const auto listed = list(channels(1, "a", "1"));
  auto diff = catalog::compare(stored, listed, kAll);
  CHECK(diff.vanished == std::vector<std::uint32_t>{2});
  diff = catalog::compare(stored, list(channels(3, "a", "1")), kAll);
  CHECK(diff.matches.size() == 3);
}

TEST_CASE("every entry is told once, whatever the lists are") {
  std::minstd_rand random(7); // NOLINT(cert-msc51-cpp): the same every time
  const auto pick = [&random](int below) { return std::to_string(random() % static_cast<unsigned>(below)); };
  for (int round = 0; round < 200; ++round) {
    const auto make = [&] {
      Entries entries(random() % 40);
      for (auto& entry : entries)
        entry = {"n" + pick(6), "http://h/" + pick(20), random() % 2 == 0 ? "" : pick(9), "g" + pick(2),
                 pick(3)};
      return entries;
    };
    const auto before = make();
    const auto after = make();
    const auto diff = compare(before, after);
    CHECK(diff.matches.size() + diff.added.size() == after.size());
    CHECK(diff.matches.size() + diff.vanished.size() == before.size());
    std::vector<int> seen(before.size());
    for (const auto& match : diff.matches)
      ++seen[match.stored];
    for (const auto index : diff.vanished)
      ++seen[index];
    CHECK(std::ranges::count(seen, 1) == static_cast<std::ptrdiff_t>(seen.size()));
  }
}

TEST_CASE("a list that lost too much is objected to") {
  const auto before = channels(100, "a", "1");
  const auto judge = [&](std::size_t left, int percent) {
    const Entries after(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(left));
    const auto stored = store(before);
    const auto listed = list(after);
    return catalog::judge(stored, listed, catalog::compare(stored, listed, kAll), percent);
  };
  CHECK(judge(100, 33) == Objection::Nothing);
  CHECK(judge(67, 33) == Objection::Nothing);
  CHECK(judge(66, 33) == Objection::Shrunken);
  CHECK(judge(1, 100) == Objection::Nothing);
  CHECK(judge(0, 100) == Objection::Empty);
  CHECK(catalog::judge({}, {}, {}, 33) == Objection::Nothing);
}

TEST_CASE("each kind is judged by itself") {
  Entries before = channels(10, "a", "1");
  before.push_back({"Alien", "http://a/alien", "", "", "", StreamKind::Movie});
  const Entries after = channels(10, "a", "1");
  const auto stored = store(before);
  const auto listed = list(after);
  CHECK(catalog::judge(stored, listed, catalog::compare(stored, listed, kAll), 90) == Objection::Empty);
}
