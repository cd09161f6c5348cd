// SPDX-License-Identifier: LGPL-2.1-or-later
// The two ways through a file that are measured.
#pragma once

#include "file.hpp"

namespace relevo::bench {

/// Moves a stream to other PIDs and another clock, in place: the least that whoever passes a stream on has to
/// do. Throws std::runtime_error where the file is not made of whole packets in the clear, with each table in
/// one packet.
void rewrite(tool::InputFile& input, tool::OutputFile& output);

/// Sends a stream through the splicer, and what comes out through the analyser. Throws std::runtime_error
/// where nothing comes out.
void splice(tool::InputFile& input, tool::OutputFile& output);

} // namespace relevo::bench
