// SPDX-License-Identifier: LGPL-2.1-or-later
// Result<T>: a value, or what was wrong with the input and where.
#pragma once

#include <cstddef>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace relevo {

/// Why input was refused. `offset` counts from the start of what the failing function was given; its unit
/// (bytes, lines) is the function's.
struct Error {
  std::string message;
  std::size_t offset = 0;
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(std::string message, std::size_t offset = 0) {
  return tl::unexpected<Error>(Error{std::move(message), offset});
}

} // namespace relevo
