// SPDX-License-Identifier: LGPL-2.1-or-later
// The last line of C++ before C: where an exception ends.
#pragma once

#include <exception>
#include <type_traits>

namespace relevo::gx {

/// Logs, as a GLib warning, that an exception reached C at `where`.
void report_escaped(const char* where, const char* what) noexcept;

/// Calls `fn`. An exception is reported and ends here, because C has no way to carry it; the answer is then
/// `R{}`.
template <class F>
auto call_from_c(const char* where, F&& fn) noexcept -> std::invoke_result_t<F> {
  try {
    return fn();
  } catch (const std::exception& e) {
    report_escaped(where, e.what());
  } catch (...) {
    report_escaped(where, "not a std::exception");
  }
  return std::invoke_result_t<F>();
}

/// A callable on its way through a C `gpointer`: made by `new`, freed by `destroy`, which is a
/// GDestroyNotify.
template <class F>
struct Boxed {
  F fn;

  static void destroy(void* box) noexcept { delete static_cast<Boxed*>(box); }
};

} // namespace relevo::gx
