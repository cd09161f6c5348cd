// SPDX-License-Identifier: LGPL-2.1-or-later
// Texts sealed with a key, so that who has them without it neither reads nor changes nor swaps them.
#pragma once

#include "base/bytes.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace relevo::seal {

using Key = std::array<std::byte, 32>;
/// Never the same twice with one key: random.
using Nonce = std::array<std::byte, 12>;

/// What a sealed text is longer by.
inline constexpr std::size_t kOverhead = 1 + 12 + 16;

/// `place` says where it belongs ("login.password 7"); elsewhere it does not open. ChaCha20-Poly1305 (RFC
/// 8439), with a byte for the version of this form and the nonce in front, and the tag behind.
[[nodiscard]] std::string seal(const Key& key, const Nonce& nonce, std::string_view place,
                               std::string_view text);

/// Empty: not sealed with this key, for another place, or damaged.
[[nodiscard]] std::optional<std::string> open(const Key& key, std::string_view place,
                                              std::string_view sealed);

} // namespace relevo::seal
