// SPDX-License-Identifier: LGPL-2.1-or-later
// Programmes that the name of a channel tells.
#pragma once

#include "lineup/dummy_guide.hpp"
#include "model/ids.hpp"

#include <chrono>
#include <string>

namespace relevo::model {

struct DummyRule {
  DummyRuleId id{};
  std::string name{};
  /// A regular expression, found anywhere in the name of the channel. Its named groups are the captures of
  /// lineup::make_event().
  std::string pattern{};
  std::chrono::minutes zone{};      // by which the hours that are told are ahead of UTC
  std::chrono::minutes length{180}; // of an event
  lineup::EventTemplates templates{};
};

} // namespace relevo::model
