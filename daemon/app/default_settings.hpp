// SPDX-License-Identifier: LGPL-2.1-or-later
// What is built into the program of data/relevod.conf.
#pragma once

#include <string_view>

namespace relevo::app {

/// All settings, with their defaults and what they are for.
[[nodiscard]] std::string_view default_settings() noexcept;

} // namespace relevo::app
