// SPDX-License-Identifier: LGPL-2.1-or-later
// Who may ask what of the admin API.
#pragma once

#include "net/asker.hpp"
#include "net/request.hpp"

#include <string_view>

namespace relevo::admin {

/// `path`: a pattern of net::Route. What nobody thought of is for administrators.
[[nodiscard]] net::Access access_for(net::Method method, std::string_view path) noexcept;

[[nodiscard]] std::string_view name_of(net::Access access) noexcept; // "administrator" …

} // namespace relevo::admin
