// SPDX-License-Identifier: LGPL-2.1-or-later
// Where programmes come from, and what is kept of them.
#pragma once

#include "model/account.hpp"

namespace relevo::model {

struct GuideSource {
  GuideSourceId id{};
  std::string name{};
  std::string location{}; // URL, or path of a file
  bool enabled = true;
  Requests requests{};
  std::string refresh = "12h"; // as of an account
  int priority = 0;            // higher: preferred
  int past_days = 3;           // how long programmes are kept that are over
  int future_days = 14;        // how far ahead they are kept

  bool operator==(const GuideSource&) const = default;
};

struct GuideChannel {
  GuideChannelId id{};
  GuideSourceId source{};
  std::string channel{}; // its id in the XMLTV
  std::vector<std::string> names{};
  std::string icon{};

  bool operator==(const GuideChannel&) const = default;
};

struct Programme {
  Time start{};
  Time stop{};
  std::string title{};
  std::string subtitle{};
  std::string description{};
  std::string details = "{}"; // all else, a JSON object

  bool operator==(const Programme&) const = default;
};

} // namespace relevo::model
