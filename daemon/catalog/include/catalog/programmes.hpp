// SPDX-License-Identifier: LGPL-2.1-or-later
// What is on a channel: what its guide says, or what its name tells.
#pragma once

#include "gx/regex.hpp"
#include "model/channel.hpp"
#include "model/dummy_rule.hpp"
#include "model/guide.hpp"
#include "sqlite/database.hpp"

namespace relevo::catalog {

inline constexpr std::chrono::hours kDummyBlock{4};

/// Whether the pattern and the times of a rule are any good; the error is for people.
[[nodiscard]] Result<void> check(const model::DummyRule& rule);

/// For many channels one after the other: rules are loaded once. The database must outlive this.
class Programmes {
 public:
  /// `place`: where the viewers are; blocks are aligned to its hours, and hours are told as it has them.
  Programmes(sqlite::Database& database, lineup::UtcOffset place);

  /// From the first to before the last, in their order, with the shift of the channel. Where the guide has
  /// none of that time, or there is no guide: the event that the first rule finds in the name which tells its
  /// time, else blocks with the name. `now`: what "today" is in a name. Throws sqlite::Failure.
  [[nodiscard]] std::vector<model::Programme> of(const model::Channel& channel, lineup::Window window,
                                                 model::Time now) const;

 private:
  struct Compiled {
    model::DummyRule rule;
    gx::Regex regex;
  };

  [[nodiscard]] std::vector<model::Programme> of_guide(const model::Channel& channel,
                                                       lineup::Window window) const;
  [[nodiscard]] std::vector<lineup::Programme> invent(const std::string& name, lineup::Window window,
                                                      model::Time now) const;

  sqlite::Database& database_;
  lineup::UtcOffset place_;
  std::vector<Compiled> rules_;
};

/// For one channel.
[[nodiscard]] std::vector<model::Programme> programmes_of(sqlite::Database& database,
                                                          const model::Channel& channel,
                                                          lineup::Window window, model::Time now,
                                                          const lineup::UtcOffset& place);

} // namespace relevo::catalog
