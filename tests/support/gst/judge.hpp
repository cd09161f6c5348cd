// SPDX-License-Identifier: LGPL-2.1-or-later
// What players would say of a transport stream that a viewer received.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace relevo::test {

/// A line for each violation that ts::Checker finds; "" for a clean stream.
[[nodiscard]] std::string violations_in(const std::string& stream);

/// What ffmpeg complains about when it decodes it; "" for a clean stream.
[[nodiscard]] std::string decoding_errors_in(const std::string& stream);

/// By then, so many bytes of a stream had arrived.
struct Arrival {
  std::chrono::steady_clock::time_point at;
  std::size_t end;
};

/// How long a viewer without a buffer stood still, at worst, from byte `from` on: he goes through the stream
/// at the pace of its clock (PCR), and where that has not come yet he waits.
[[nodiscard]] std::chrono::milliseconds longest_wait(const std::string& stream,
                                                     const std::vector<Arrival>& arrivals, std::size_t from);

} // namespace relevo::test
