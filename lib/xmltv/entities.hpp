// SPDX-License-Identifier: LGPL-2.1-or-later
// Characters that HTML has names for.
#pragma once

#include <optional>
#include <string_view>

namespace relevo::xmltv {

/// Of a reference `&name;`; empty where the name is not known.
[[nodiscard]] std::optional<char32_t> find_entity(std::string_view name) noexcept;

} // namespace relevo::xmltv
