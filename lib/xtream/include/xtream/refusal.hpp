// SPDX-License-Identifier: LGPL-2.1-or-later
// Why an answer does not hold what was asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace relevo::xtream {

struct Refusal {
  enum class Kind : std::uint8_t {
    BadLogin,    // the panel does not know the login, or does not want it any more
    NoPanel,     // a web page or other text: whoever answers is no panel
    Empty,       // nothing; some panels answer a wrong login so
    Truncated,   // it breaks off
    Malformed,   // JSON, and not what was asked for
    Unavailable, // the server cannot answer now
  };
  Kind kind = Kind::NoPanel;
  std::string text; // for people; may quote the input, so it needs redaction before it is shown

  bool operator==(const Refusal&) const = default;
};

[[nodiscard]] std::string_view name_of(Refusal::Kind kind) noexcept; // "bad-login", "no-panel" …

template <class T>
using Reply = tl::expected<T, Refusal>;

/// What an HTTP status says already; empty for those of success.
[[nodiscard]] std::optional<Refusal> refusal_of_status(int status);

} // namespace relevo::xtream
