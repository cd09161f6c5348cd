// SPDX-License-Identifier: LGPL-2.1-or-later
// GlibError turned into a Result's error.
#include "gx/error.hpp"

namespace relevo::gx {

tl::unexpected<Error> GlibError::fail(std::string_view what) const {
  return relevo::fail(std::string(what) + ": " + text());
}

} // namespace relevo::gx
