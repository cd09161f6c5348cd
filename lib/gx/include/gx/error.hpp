// SPDX-License-Identifier: LGPL-2.1-or-later
// GlibError: the place for a C function to put its GError in.
#pragma once

#include "base/result.hpp"

#include <glib.h>
#include <string>
#include <string_view>

namespace relevo::gx {

/// Owns the GError of one failed call, if there was one.
class GlibError {
 public:
  GlibError() noexcept = default;
  GlibError(const GlibError&) = delete;
  GlibError& operator=(const GlibError&) = delete;
  ~GlibError() { g_clear_error(&error_); }

  /// For the `GError**` parameter. Drops what was here, so that one GlibError serves several calls.
  [[nodiscard]] GError** out() noexcept {
    g_clear_error(&error_);
    return &error_;
  }

  explicit operator bool() const noexcept { return error_ != nullptr; }
  [[nodiscard]] const GError* get() const noexcept { return error_; }
  [[nodiscard]] bool is(GQuark domain) const noexcept { return error_ && error_->domain == domain; }
  [[nodiscard]] bool is(GQuark domain, int code) const noexcept {
    return g_error_matches(error_, domain, code);
  }

  /// The message of the library, "" without an error. It may hold secrets: see uri/redact.hpp before showing
  /// it.
  [[nodiscard]] std::string text() const { return error_ ? error_->message : ""; }

  /// "what: message", as a Result's error.
  [[nodiscard]] tl::unexpected<Error> fail(std::string_view what) const;

 private:
  GError* error_ = nullptr;
};

} // namespace relevo::gx
