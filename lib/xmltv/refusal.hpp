// SPDX-License-Identifier: LGPL-2.1-or-later
// What came instead of a guide.
#pragma once

#include <string>
#include <string_view>

namespace relevo::xmltv {

/// A message about a document that begins with these bytes; "" where it may be a guide.
[[nodiscard]] std::string refusal_of(std::string_view first);

/// The same about one whose outermost element has this name.
[[nodiscard]] std::string refusal_of_root(std::string_view name);

} // namespace relevo::xmltv
