// SPDX-License-Identifier: LGPL-2.1-or-later
// What a guard tells, in words.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::access {

/// A sentence for people: who did what, or was refused what, and from where. Empty where the event is not one
/// of a guard's.
[[nodiscard]] std::string summarise(const nlohmann::json& event);

/// The events that it knows, by their names.
[[nodiscard]] std::vector<std::string_view> event_kinds();

} // namespace relevo::access
