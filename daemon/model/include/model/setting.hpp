// SPDX-License-Identifier: LGPL-2.1-or-later
// Settings of relevod, as people read and write them.
#pragma once

#include <string>
#include <vector>

namespace relevo::model {

struct Setting {
  enum class Origin { Default, File, Option };

  std::string group{};
  std::string name{};
  std::string value{};    // that holds
  std::string fallback{}; // that holds where nobody says anything
  std::string about{};    // what it is for, in one line
  Origin origin = Origin::Default;

  bool operator==(const Setting&) const = default;
};

struct Settings {
  std::string file{}; // in which they are changed; "": none was named
  std::vector<Setting> all{};
};

} // namespace relevo::model
