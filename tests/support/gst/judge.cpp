// SPDX-License-Identifier: LGPL-2.1-or-later
// Our own checker, and ffmpeg.
#include "gst/judge.hpp"

#include "base/bytes.hpp"
#include "base/text.hpp"
#include "gx/error.hpp"
#include "gx/ref.hpp"
#include "ts/check.hpp"
#include "ts/packet.hpp"

#include <algorithm>
#include <gio/gio.h>
#include <optional>

namespace relevo::test {

std::string violations_in(const std::string& stream) {
  std::string text;
  ts::Checker checker([&text](const ts::Violation& violation) {
    text += concat(violation.offset, ": ", std::string(name_of(violation.kind)), ": ", violation.text, '\n');
  });
  checker.push(as_bytes(stream));
  checker.finish();
  return text;
}

std::string decoding_errors_in(const std::string& stream) {
  gx::GlibError error;
  const auto flags = GSubprocessFlags(G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE |
                                      G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  const auto ffmpeg = gx::Ref<GSubprocess>::adopt(g_subprocess_new(
      flags, error.out(), "ffmpeg", "-v", "error", "-i", "pipe:0", "-map", "0:v?", "-map", "0:a?",
      "-enc_time_base:v", "1:90000", "-f", "null", "-", nullptr)); // a frame rate may change
  if (!ffmpeg) return error.text();
  const auto input = gx::Ref<GBytes>::adopt(g_bytes_new_static(stream.data(), stream.size()));
  GBytes* complaints = nullptr;
  if (!g_subprocess_communicate(ffmpeg.get(), input.get(), nullptr, nullptr, &complaints, error.out()))
    return error.text();
  const auto owned = gx::Ref<GBytes>::adopt(complaints);
  gsize size = 0;
  const auto* text = static_cast<const char*>(g_bytes_get_data(complaints, &size));
  return std::string(text, size);
}

std::chrono::milliseconds longest_wait(const std::string& stream, const std::vector<Arrival>& arrivals,
                                       std::size_t from) {
  using Clock = std::chrono::steady_clock;
  // From one PCR to the next; what is longer is no media but a hole in it.
  constexpr ts::Pcr kMostMedia = ts::kPcrPerSecond / 5;
  std::optional<ts::Pcr> last;
  Clock::time_point due{};
  Clock::duration longest{};
  auto arrival = arrivals.begin();
  for (std::size_t at = 0; at + ts::kPacketSize <= stream.size(); at += ts::kPacketSize) {
    const auto pcr = ts::PacketView{as_bytes(stream).data() + at}.pcr();
    if (!pcr) continue;
    while (arrival->end < at + ts::kPacketSize)
      ++arrival;
    const ts::Pcr step = ts::wrapped_difference(*pcr, last.value_or(*pcr), ts::kPcrModulus);
    if (step >= 0 && step <= kMostMedia)
      due += std::chrono::duration_cast<Clock::duration>(
          std::chrono::duration<double>(static_cast<double>(step) / ts::kPcrPerSecond));
    if (last && at >= from) longest = std::max(longest, arrival->at - due);
    due = std::max(due, arrival->at);
    last = pcr;
  }
  return std::chrono::ceil<std::chrono::milliseconds>(longest);
}

} // namespace relevo::test
