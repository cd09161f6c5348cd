// SPDX-License-Identifier: LGPL-2.1-or-later
// What a portal gives to whoever looks at its address.
#pragma once

#include <span>
#include <string_view>

namespace relevo::portal {

struct Page {
  std::string_view name; // of the file; "": the folder itself
  std::string_view type;
  std::string_view text;
};

[[nodiscard]] std::span<const Page> pages() noexcept;

} // namespace relevo::portal
