// SPDX-License-Identifier: LGPL-2.1-or-later
// All settings, for who wants to know what holds and why.
#pragma once

#include "app/options.hpp"
#include "base/result.hpp"
#include "model/setting.hpp"

#include <string_view>
#include <vector>

namespace relevo::app {

/// In the order of data/relevod.conf. `written`: a configuration that parse_config() takes.
[[nodiscard]] std::vector<model::Setting> list_settings(std::string_view written);

/// What make_config() makes of the same.
[[nodiscard]] Result<model::Settings> list_settings(const Options& options);

} // namespace relevo::app
