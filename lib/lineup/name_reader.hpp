// SPDX-License-Identifier: LGPL-2.1-or-later
// From the words of a text to the name of a channel.
#pragma once

#include "lineup/name.hpp"
#include "tokens.hpp"

namespace relevo::lineup {

/// Of a channel or an event; whoever has the text knows headings.
[[nodiscard]] Name read_name(Tokens tokens);

} // namespace relevo::lineup
