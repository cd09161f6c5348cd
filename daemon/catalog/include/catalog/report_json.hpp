// SPDX-License-Identifier: LGPL-2.1-or-later
// Reports as they are kept.
#pragma once

#include "catalog/refresh_guide.hpp"

namespace relevo::catalog {

[[nodiscard]] std::string_view name_of(Outcome outcome) noexcept;     // done, unchanged, objected, failed
[[nodiscard]] std::string_view name_of(Objection objection) noexcept; // empty, shrunken, cut; of Nothing ""
[[nodiscard]] std::string write_json(const RefreshReport& report);
[[nodiscard]] std::string write_json(const GuideReport& report);
/// Of an alert: the report, with the name of what was refreshed, and why it failed.
[[nodiscard]] std::string write_details(std::string_view name, const AccountReport& report);
[[nodiscard]] std::string write_details(std::string_view name, const GuideReport& report);

} // namespace relevo::catalog
