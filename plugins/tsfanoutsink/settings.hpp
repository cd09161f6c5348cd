// SPDX-License-Identifier: LGPL-2.1-or-later
// What tsfanoutsink can be told, for all viewers and for one.
#pragma once

#include "fanout/channel.hpp"
#include "gstx/property.hpp"

#include <tl/expected.hpp>

namespace relevo::tsfanoutsink {

struct Settings {
  fanout::Policy policy; // of viewers who say nothing else
  fanout::WindowSettings window;
};

[[nodiscard]] const gstx::Properties<Settings>& settings_table();

struct ViewerOptions {
  fanout::Policy policy;
  std::vector<std::byte> prefix;
};

/// The options that an application gave for a viewer; null: none. An error says which is wrong.
[[nodiscard]] tl::expected<ViewerOptions, std::string> read_options(const GstStructure* options,
                                                                    const fanout::Policy& policy);

} // namespace relevo::tsfanoutsink
