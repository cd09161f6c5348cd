// SPDX-License-Identifier: LGPL-2.1-or-later
// Pictures, known by how they begin: what a server says of them is often wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace relevo::logos {

/// Those that browsers show.
enum class Kind : std::uint8_t { Png, Jpeg, Gif, WebP, Svg };

struct Picture {
  Kind kind{};
  std::string bytes{};
};

/// Empty: it is none that browsers show.
[[nodiscard]] std::optional<Picture> read_picture(std::string bytes);

[[nodiscard]] std::string_view content_type_of(Kind kind) noexcept;
/// The same for the same bytes, and for no others.
[[nodiscard]] std::string digest_of(const Picture& picture);

} // namespace relevo::logos
