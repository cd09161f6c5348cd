// SPDX-License-Identifier: LGPL-2.1-or-later
// Dialects: what each kind of player wants a playlist to say.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace relevo::outputs {

/// What can be told of a channel.
enum class Fact : std::uint8_t { Id, Uuid, Name, Number, Group, Logo };

struct Column {
  std::string_view attribute;
  Fact fact;
};

/// "KODIPROP", "mimetype=video/mp2t"; another one where the address leads to HLS. "": none.
struct Hint {
  std::string_view tag{};
  std::string_view stream{};
  std::string_view hls{};
};

struct Dialect {
  std::string_view name;           // by which it is asked for
  std::string_view players;        // whose it is
  std::span<const Column> columns; // in their order
  bool guide_url = false;          // the first line tells where the guide is
  bool empty_values = false;       // attributes are there also where there is nothing to tell
  bool commas = true;              // may stand in a name
  Hint hint{};                     // of every channel
};

/// The first one is for whoever does not say.
[[nodiscard]] std::span<const Dialect> dialects() noexcept;

/// Null: there is none of that name. Upper and lower case are the same.
[[nodiscard]] const Dialect* find_dialect(std::string_view name) noexcept;

} // namespace relevo::outputs
