// SPDX-License-Identifier: LGPL-2.1-or-later
// The header Range: a part of a thing.
#pragma once

#include "base/result.hpp"
#include "net/response.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace relevo::net {

struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t size = 0; // never 0

  bool operator==(const ByteRange&) const = default;
};

/// What a client with this Range wants of `size` bytes. Empty: all of them, because it asked for no part, or
/// for several, or in words that nobody needs to know. An error: for a part that is not there.
[[nodiscard]] Result<std::optional<ByteRange>> parse_range(std::string_view header, std::uint64_t size);

[[nodiscard]] std::uint64_t size_of(const Blocks& blocks);
/// The range must be inside.
[[nodiscard]] Blocks cut(const Blocks& blocks, const ByteRange& range);

} // namespace relevo::net
