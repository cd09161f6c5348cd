// SPDX-License-Identifier: LGPL-2.1-or-later
// How long a viewer has to do without media. The bounds are those of a machine that does nothing else: what
// this one kept from us in the same run is added.
#include "channel.hpp"

#include "gst/disturbance.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::failoversrc::test;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kSilence{1000};

struct Measured {
  milliseconds gap, entry, disturbance;
};

/// The longest wait behind the fault of the first source; the second one has its entry 400 ms late.
Measured measure(const std::string& fault, const std::string& properties) {
  Channel channel({"h264_720p50", "ac3?fault=holdbody:0.4"},
                  "silence-timeout=" + std::to_string(kSilence.count()) + " " + properties);
  channel.pipeline.play();
  channel.wait_for_switch("h264_720p50");
  channel.receive(800'000);
  if (properties.find("hot") != std::string::npos)
    REQUIRE(relevo::test::eventually(
        [&] { return gst_structure_has_field(channel.stats_of("ac3").get(), "entry") != FALSE; }));
  const relevo::test::Disturbance disturbance;
  const auto from = channel.pipeline.byte_count();
  channel.provider.set_faults("h264_720p50", {fault});
  channel.wait_for_switch("ac3");
  channel.receive(800'000);
  const auto worst = disturbance.worst();
  const auto entry = channel.entry_time("ac3");
  channel.stop_and_check();
  const auto gap = relevo::test::longest_wait(channel.pipeline.bytes(), channel.pipeline.arrivals(), from);
  MESSAGE(fault << " " << properties << ": gap " << gap.count() << " ms, entry " << entry.count()
                << " ms, the machine " << worst.count() << " ms");
  return {gap, entry, worst};
}

} // namespace

TEST_CASE("N11: behind an error, what the next source needs and little more") {
  for (const std::string fault : {"close", "reset"}) {
    CAPTURE(fault);
    const Measured measured = measure(fault, "");
    CHECK(measured.entry >= 400ms);
    CHECK(measured.gap >= 400ms - 100ms); // it was real
    CHECK(measured.gap <= 300ms + measured.entry + measured.disturbance);
  }
}

TEST_CASE("N4, N19: behind silence, the threshold and what the next source needs") {
  const Measured measured = measure("stall", "");
  CHECK(measured.gap >= kSilence);
  CHECK(measured.gap <= kSilence + 300ms + measured.entry + measured.disturbance);
}

TEST_CASE("N19: with a hot standby, the threshold alone") {
  const Measured measured = measure("stall", "standby=hot");
  CHECK(measured.gap >= kSilence - 100ms);
  CHECK(measured.gap <= kSilence + 100ms + measured.disturbance);
}
