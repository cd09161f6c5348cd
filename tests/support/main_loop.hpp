// SPDX-License-Identifier: LGPL-2.1-or-later
// Turning the default main context until something is so.
#pragma once

#include <chrono>
#include <functional>
#include <glib.h>

namespace relevo::test {

/// Whether `holds` becomes true before anyone would lose patience, while the main context does its work.
[[nodiscard]] inline bool turn_until(const std::function<bool()>& holds,
                                     std::chrono::milliseconds patience = std::chrono::seconds{20}) {
  const auto end = std::chrono::steady_clock::now() + patience;
  // What happens in other threads wakes nobody here.
  const guint tick = g_timeout_add(
      5, [](gpointer) noexcept -> gboolean { return G_SOURCE_CONTINUE; }, nullptr);
  bool held = false;
  while (!(held = holds()) && std::chrono::steady_clock::now() < end)
    g_main_context_iteration(nullptr, TRUE);
  g_source_remove(tick);
  return held;
}

} // namespace relevo::test
