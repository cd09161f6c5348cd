// SPDX-License-Identifier: LGPL-2.1-or-later
// Programmes for channels that no guide has: blocks of hours, and events that names tell.
#pragma once

#include "lineup/moment.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::lineup {

struct Programme {
  Moment start{};
  Moment end{};
  std::string title{};
  std::string description{};

  bool operator==(const Programme&) const = default;
};

/// From the first to before the last.
struct Window {
  Moment from{};
  Moment to{};
};

/// At most this many programmes come of one call; a window that is longer is cut.
inline constexpr std::size_t kMostProgrammes = 2000;

/// Programmes of one length that cover the window, aligned to the hours of the place. `length`: from a minute
/// to a day; anything else is brought into these bounds.
[[nodiscard]] std::vector<Programme> make_blocks(std::string_view title, Window window,
                                                 std::chrono::minutes length, const UtcOffset& place);

/// What was found in the name of a channel, by name: "title", "date", "time", or in pieces "day", "month",
/// "year", "hour", "minute", "ampm"; and whatever else templates use.
using Captures = std::map<std::string, std::string, std::less<>>;

/// Text with {placeholders}: any capture, and {starttime} ("8:00 PM"), {starttime24} ("20:00"), {endtime},
/// {endtime24}, {date} ("2026-11-26"), {day}, {month}, {year}, {weekday} of the event. What is unknown
/// becomes nothing.
struct EventTemplates {
  std::string title = "{title}";
  std::string description{};
  std::string upcoming_title = "Upcoming: {title}";
  std::string upcoming_description = "Starts at {starttime24} on {date}.";
  std::string ended_title = "Ended: {title}";
  std::string ended_description{};
};

struct EventRules {
  EventTemplates templates{};
  std::chrono::minutes length{180};
  std::chrono::minutes block{240}; // length of what is shown before and after
  UtcOffset written{};             // the hours that the name tells are of this place; empty: UTC
  UtcOffset shown{};               // those that templates write; empty: as written
};

/// The event, and blocks before and after it that cover the window. Empty where the captures tell no time of
/// day; without a date the event is today. `now` is the time of the call.
[[nodiscard]] std::vector<Programme> make_event(const Captures& captures, const EventRules& rules,
                                                Window window, Moment now);

/// One pass: what is put in is not looked at again. A '{' that no '}' follows stays.
[[nodiscard]] std::string fill_template(std::string_view text, const Captures& values);

} // namespace relevo::lineup
