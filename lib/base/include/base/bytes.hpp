// SPDX-License-Identifier: LGPL-2.1-or-later
// Views of raw bytes, and big-endian loads and stores on them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace relevo {

using Bytes = std::span<const std::byte>;
using MutableBytes = std::span<std::byte>;

/// The loads and stores below do not check bounds: the caller has, once, for the whole structure.
[[nodiscard]] constexpr std::uint8_t load_u8(const std::byte* p) noexcept {
  return std::to_integer<std::uint8_t>(*p);
}
[[nodiscard]] constexpr std::uint16_t load_be16(const std::byte* p) noexcept {
  return static_cast<std::uint16_t>(load_u8(p) << 8 | load_u8(p + 1));
}
[[nodiscard]] constexpr std::uint32_t load_be24(const std::byte* p) noexcept {
  return std::uint32_t{load_u8(p)} << 16 | load_be16(p + 1);
}
[[nodiscard]] constexpr std::uint32_t load_be32(const std::byte* p) noexcept {
  return std::uint32_t{load_be16(p)} << 16 | load_be16(p + 2);
}
constexpr void store_u8(std::byte* p, unsigned value) noexcept {
  *p = static_cast<std::byte>(value);
}
constexpr void store_be16(std::byte* p, unsigned value) noexcept {
  store_u8(p, value >> 8 & 0xff);
  store_u8(p + 1, value & 0xff);
}
constexpr void store_be32(std::byte* p, std::uint32_t value) noexcept {
  store_be16(p, value >> 16);
  store_be16(p + 2, value & 0xffff);
}

[[nodiscard]] inline Bytes as_bytes(std::string_view text) noexcept {
  return std::as_bytes(std::span{text.data(), text.size()});
}
[[nodiscard]] inline std::string_view as_text(Bytes bytes) noexcept {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace relevo
