// SPDX-License-Identifier: LGPL-2.1-or-later
// Which streams, of one account or of several, are the same channel.
#pragma once

#include "lineup/name.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::lineup {

/// What is known about a stream: views of text that belongs to somebody else and must last during the call.
struct StreamFacts {
  std::string_view key; // of its own, the same at every refresh
  std::string_view name;
  std::string_view tvg_id{};
  std::string_view guide_id{}; // of the guide that somebody or `match` chose for it
  std::string_view group{};    // of its provider; may tell the country
  std::string_view country{};  // where the caller knows it, in any spelling
};

/// What the user decided. Keys of streams that are not there are ignored.
struct Decisions {
  std::vector<std::vector<std::string_view>> together{};              // each list stays one channel
  std::vector<std::pair<std::string_view, std::string_view>> apart{}; // never again in one
  std::vector<std::string_view> alone{};                              // never again with any
};

/// Why a stream is where it is, the weakest first.
enum class Evidence : std::uint8_t {
  NameWithoutCountry, // the same name, and only one of them tells the country
  TvgId,              // the same id of the provider, and names that can be meant
  GuideId,            // the same guide, and names that can be meant
  Name,               // the same name
  Only,               // nothing was like it
  User,
};

/// How sure it makes that a stream is where it belongs, 0 to 100.
[[nodiscard]] constexpr int confidence_of(Evidence evidence) noexcept {
  switch (evidence) {
  case Evidence::NameWithoutCountry: return 85;
  case Evidence::TvgId: return 88;
  case Evidence::GuideId: return 92;
  case Evidence::Name: return 97;
  case Evidence::Only:
  case Evidence::User: break;
  }
  return 100;
}

struct Member {
  std::size_t stream = 0; // position in what was given
  Evidence evidence = Evidence::Only;
  int confidence = 100; // that it belongs here, 0 to 100

  bool operator==(const Member&) const = default;
};

struct Group {
  std::vector<Member> members{}; // the best quality first, then those that are no backup, then by key
  int confidence = 100;          // of the least sure member

  bool operator==(const Group&) const = default;
};

/// Every stream in exactly one group; headings and events alone. The same streams and decisions in any order
/// give the same groups, in the order of the least key of each.
[[nodiscard]] std::vector<Group> group(std::span<const StreamFacts> streams, const Decisions& decisions = {});

/// For people.
[[nodiscard]] std::string_view describe(Evidence evidence) noexcept;

} // namespace relevo::lineup
