// SPDX-License-Identifier: LGPL-2.1-or-later
// What is said when an exception reaches C.
#include "gx/trampoline.hpp"

#include <glib.h>

namespace relevo::gx {

void report_escaped(const char* where, const char* what) noexcept {
  g_log("relevo", G_LOG_LEVEL_WARNING, "%s: uncaught exception: %s", where, what);
}

} // namespace relevo::gx
