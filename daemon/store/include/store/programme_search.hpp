// SPDX-License-Identifier: LGPL-2.1-or-later
// Programmes of all channels by their title. All functions throw sqlite::Failure.
#pragma once

#include "lineup/channel_number.hpp"
#include "model/account.hpp"
#include "sqlite/database.hpp"
#include "store/page.hpp"

namespace relevo::store {

/// That are on at any time from `from` until before `until`.
struct ProgrammeSearch {
  std::string text{}; // in the title
  model::Time from{};
  model::Time until{};
  std::optional<model::ProfileId> profile{}; // only of its channels
  Page page{};
};

/// A programme of a channel's guide, moved by the channel's shift.
struct FoundProgramme {
  model::ChannelId channel{};
  std::optional<lineup::ChannelNumber> number{};
  std::string name{}; // of the channel
  std::string logo{};
  model::Time start{};
  model::Time stop{};
  std::string title{};
  std::string subtitle{};

  bool operator==(const FoundProgramme&) const = default;
};

/// Of channels that are not hidden and editions that are in use, by their start. Reads every title of that
/// time: about two seconds for two million programmes. Holds all up to the end of the page.
[[nodiscard]] Slice<FoundProgramme> search_programmes(const sqlite::Database& database,
                                                      const ProgrammeSearch& search);

} // namespace relevo::store
