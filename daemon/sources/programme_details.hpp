// SPDX-License-Identifier: LGPL-2.1-or-later
// What of a programme has no column of its own.
#pragma once

#include "xmltv/guide.hpp"

#include <string>

namespace relevo::sources {

/// Appends it as a JSON object. Elements of XMLTV go under their names; a text in a language is [text,
/// language].
void write_details(std::string& out, const xmltv::Programme& programme);

} // namespace relevo::sources
