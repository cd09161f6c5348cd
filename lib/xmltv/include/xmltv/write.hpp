// SPDX-License-Identifier: LGPL-2.1-or-later
// Writing guides.
#pragma once

#include "xmltv/guide.hpp"

#include <string>

namespace relevo::xmltv {

// What Reader reads from what these append is the same value, as far as one can be written: control
// characters become blanks, bytes that are no UTF-8 are taken as Windows-1252, and lengths of time are
// seconds.

/// Begins a guide. `generator`: who writes it; "" is left out.
void write_head(std::string& out, std::string_view generator = {});

/// Expects an id.
void write_channel(std::string& out, const Channel& channel);

/// Expects a channel, and times that parse_time() gives. Times are written in UTC.
void write_programme(std::string& out, const Programme& programme);

/// Ends the guide.
void write_tail(std::string& out);

} // namespace relevo::xmltv
