// SPDX-License-Identifier: LGPL-2.1-or-later
// What boxes send: who they are, which channel they mean, which page they want.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace relevo::stalker {

/// What a box shows of itself.
struct Identity {
  std::string mac{};   // as parse_mac() writes it; "": none that is one
  std::string token{}; // "": none
};

/// Of the headers Cookie and Authorization: the MAC, percent-encoded or not, and the token, which stands in
/// either.
[[nodiscard]] Identity read_identity(std::string_view cookie, std::string_view authorization);

/// "ffmpeg http://localhost/ch/1001_": what stands for a channel in lists. Boxes send it back to get an
/// address: they do so only where the host is none.
[[nodiscard]] std::string write_command(std::int64_t channel);
/// The channel; with any player in front, or none. Empty where it names none.
[[nodiscard]] std::optional<std::int64_t> parse_command(std::string_view command) noexcept;

/// A part of a list.
struct Page {
  std::size_t number = 1;
  std::size_t first = 0; // its place in the list
  std::size_t size = 0;  // 0: the list has ended before
};

/// `wanted`: from 1; anything else is the first.
[[nodiscard]] Page cut_page(std::string_view wanted, std::size_t items, std::size_t of_a_page) noexcept;

} // namespace relevo::stalker
