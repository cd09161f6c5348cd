// SPDX-License-Identifier: LGPL-2.1-or-later
// Writing playlists of channels.
#pragma once

#include "m3u/entry.hpp"

namespace relevo::m3u {

/// Appends the first line. What Parser reads from what these write is the same value, as far as one can be
/// written: control characters become blanks, '"' in an attribute becomes '\'', so that no text of a provider
/// can begin a line of its own.
void write_head(std::string& out, const Head& head);

/// Appends an entry. Expects an address that is not empty and does not begin with '#' or '<', a name that
/// does not look like an attribute, and names of attributes, headers and tags as they are read. Header values
/// are percent-encoded, and every attribute is in quotes, as players want them.
void write_entry(std::string& out, const Entry& entry);

} // namespace relevo::m3u
