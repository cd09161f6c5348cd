// SPDX-License-Identifier: LGPL-2.1-or-later
// What HTTP says about a source, as a SourceFailure.
#pragma once

#include "gstx/source_failure.hpp"
#include "http/failure.hpp"
#include "http/message.hpp"

#include <string_view>

namespace relevo::gstx {

/// `what` failed, for the user: "The stream".
[[nodiscard]] SourceFailure failure_of(const http::FetchError& error, std::string_view what);

/// An answer with this head is no success.
[[nodiscard]] SourceFailure status_failure(const http::Response& head);

[[nodiscard]] constexpr bool is_success(unsigned status) noexcept {
  return status >= 200 && status <= 299;
}

} // namespace relevo::gstx
