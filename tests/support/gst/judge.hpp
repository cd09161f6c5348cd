// SPDX-License-Identifier: LGPL-2.1-or-later
// What players would say of a transport stream that a viewer received.
#pragma once

#include <string>

namespace relevo::test {

/// A line for each violation that ts::Checker finds; "" for a clean stream.
[[nodiscard]] std::string violations_in(const std::string& stream);

/// What ffmpeg complains about when it decodes it; "" for a clean stream.
[[nodiscard]] std::string decoding_errors_in(const std::string& stream);

} // namespace relevo::test
