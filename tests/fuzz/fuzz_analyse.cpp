// SPDX-License-Identifier: LGPL-2.1-or-later
// Any split of the same stream gives the same measures, and they agree with each other.
// Input: split pattern, stream.
#include "fuzz.hpp"
#include "ts/analyse.hpp"

using namespace relevo;
using namespace relevo::ts;
using relevo::fuzz::require;

namespace {

void check_sums(const StreamReport& report, std::size_t size) {
  std::uint64_t packets = report.null_packets;
  for (const PidReport& pid : report.pids) {
    packets += pid.packets;
    require(pid.continuity_errors + pid.transport_errors <= pid.packets);
    require(pid.units <= pid.packets && pid.random_access_points <= pid.units);
    if (!pid.video) continue;
    require(pid.video->pictures <= pid.units);
    require(pid.video->shortest_gop.has_value() == pid.video->longest_gop.has_value());
  }
  require(packets == report.packets);
  require(report.packets * kPacketSize + report.skipped_bytes <= size);
}

void check_same(const StreamReport& a, const StreamReport& b) {
  require(a.packets == b.packets && a.skipped_bytes == b.skipped_bytes && a.sync_losses == b.sync_losses);
  require(a.duration == b.duration && a.rate.current == b.rate.current && a.rate.overall == b.rate.overall);
  require(a.broken_sections == b.broken_sections && a.programmes.size() == b.programmes.size());
  for (std::size_t i = 0; i < a.programmes.size(); ++i) {
    require(a.programmes[i].name == b.programmes[i].name);
    require(a.programmes[i].streams == b.programmes[i].streams);
    require(a.programmes[i].pcr.position_jitter == b.programmes[i].pcr.position_jitter);
  }
  require(a.pids.size() == b.pids.size());
  for (std::size_t i = 0; i < a.pids.size(); ++i) {
    const PidReport &x = a.pids[i], &y = b.pids[i];
    require(x.pid == y.pid && x.codec == y.codec && x.packets == y.packets && x.units == y.units);
    require(x.continuity_errors == y.continuity_errors && x.random_access_points == y.random_access_points);
    require(x.video.has_value() == y.video.has_value() && x.audio.has_value() == y.audio.has_value());
    if (x.video) require(x.video->format == y.video->format && x.video->frame_rate == y.video->frame_rate);
    if (x.audio) require(x.audio->format == y.audio->format);
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  fuzz::Splitter splitter{fuzz::take_byte(input)};
  Analyser whole, split;
  whole.push(input);
  whole.finish();
  splitter(input, [&](Bytes chunk) { split.push(chunk); });
  split.finish();
  check_sums(whole.report(), input.size());
  check_same(whole.report(), split.report());
  return 0;
}
