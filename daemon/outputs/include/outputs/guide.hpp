// SPDX-License-Identifier: LGPL-2.1-or-later
// The guide of the channels, as XMLTV.
#pragma once

#include "catalog/programmes.hpp"
#include "outputs/blocks.hpp"
#include "outputs/lineup.hpp"

#include <string>

namespace relevo::outputs {

/// The time that a guide covers. It begins at a whole hour, so that what is asked twice within an hour is the
/// same.
struct GuideTime {
  lineup::Window window{};
  model::Time now{}; // what "today" is in the name of a channel
};
/// What catalog::Programmes has to know of a channel; all else of it is empty.
[[nodiscard]] model::Channel guided(const model::ListedChannel& listed);

[[nodiscard]] GuideTime guide_time(model::Time now, std::chrono::hours past, std::chrono::days future);

/// The channels, then the programmes of each as catalog::Programmes tells them. The programmes of one channel
/// are in memory at a time. Throws sqlite::Failure.
void write_guide(const Lineup& lineup, const catalog::Programmes& programmes, const GuideTime& time,
                 const Sink& sink);

/// What write_guide() would write, as one word: another word where anything may be different. Reads none of
/// the programmes. Throws sqlite::Failure.
[[nodiscard]] std::string guide_state(sqlite::Database& database, const Lineup& lineup,
                                      const GuideTime& time);

} // namespace relevo::outputs
