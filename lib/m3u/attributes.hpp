// SPDX-License-Identifier: LGPL-2.1-or-later
// The attributes of EXTM3U and EXTINF: key="value", key='value' and key=value, between blanks.
#pragma once

#include "m3u/entry.hpp"

#include <span>

namespace relevo::m3u {

/// Clean text (see encoding.hpp) that may be rewritten where it stands; views of it are what comes out.
using Text = std::span<char>;

[[nodiscard]] inline std::string_view view(Text text) noexcept {
  return {text.data(), text.size()};
}

/// All attributes; what is none between them is passed over. False: more than kMaxAttributes.
[[nodiscard]] bool read_attributes(Text text, Attributes& out);

/// The rest of an EXTINF line, into duration, attributes and name. False: more than kMaxAttributes.
[[nodiscard]] bool read_extinf(Text text, Entry& entry);

} // namespace relevo::m3u
