// SPDX-License-Identifier: LGPL-2.1-or-later
// A program without the web interface (-Dweb=false).
#include "web/interface.hpp"

namespace relevo::web {

std::span<const std::byte> built_in_resource() noexcept {
  return {};
}

} // namespace relevo::web
