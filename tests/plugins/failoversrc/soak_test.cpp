// SPDX-License-Identifier: LGPL-2.1-or-later
// A channel whose sources fail all the time: one more fault every two seconds. For RELEVO_SOAK_SECONDS
// (30), with the dice of RELEVO_SOAK_SEED.
#include "channel.hpp"

#include "ts/check.hpp"

#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <random>
#include <thread>
#include <unistd.h>

using namespace relevo;
using namespace relevo::failoversrc::test;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kMeasuresMemory = false; // a sanitizer keeps what was freed
#else
constexpr bool kMeasuresMemory = true;
#endif

unsigned from_environment(const char* name, unsigned preset) {
  const char* text = std::getenv(name);
  return text ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : preset;
}

double resident_megabytes() {
  std::ifstream file("/proc/self/statm");
  double size = 0, resident = 0;
  file >> size >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

/// How much a value grew from the second quarter of the samples to the last one; the first is warm-up.
double growth(const std::vector<double>& samples) {
  const auto median = [](std::vector<double> part) {
    std::ranges::sort(part);
    return part[part.size() / 2];
  };
  const auto quarter = static_cast<std::ptrdiff_t>(samples.size() / 4);
  return median({samples.end() - quarter, samples.end()}) -
         median({samples.begin() + quarter, samples.begin() + 2 * quarter});
}

struct Samples {
  std::vector<double> memory, threads, descriptors;
  void take() {
    memory.push_back(resident_megabytes());
    threads.push_back(static_cast<double>(relevo::test::count_threads()));
    descriptors.push_back(static_cast<double>(relevo::test::count_descriptors()));
  }
};

const std::vector<std::string> kNames = {"h264_720p50", "ac3", "eac3"};

/// One of them, for one to four seconds.
std::string random_fault(std::mt19937& dice) {
  const std::vector<std::string> kinds = {"close",      "reset",     "stall",    "refuse",
                                          "status:503", "html",      "novideo",  "slow:80",
                                          "truncate",   "jump:1000", "jump:-50", "pids"};
  return kinds[dice() % kinds.size()] + "@0-" + std::to_string(1 + dice() % 4);
}

/// What it said since the last time; true while the stream goes on.
bool goes_on(GstBus* bus, std::size_t& switches) {
  while (const auto message = gx::Ref<GstMessage>::adopt(gst_bus_pop(bus))) {
    if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_EOS ||
        GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_ERROR)
      return false;
    if (gst_message_has_name(message.get(), "relevo-failover") &&
        text_field(message.get(), "decision") == "switch")
      ++switches;
  }
  return true;
}

} // namespace

TEST_CASE("through a fault every two seconds the stream goes on, is right, and nothing grows") {
  const std::chrono::seconds duration{from_environment("RELEVO_SOAK_SECONDS", 30)};
  const unsigned seed = from_environment("RELEVO_SOAK_SEED", std::random_device{}());
  MESSAGE("seed " << seed);
  CAPTURE(seed);
  std::mt19937 dice(seed);
  Channel channel({kNames[0] + "?burst=1", kNames[1] + "?burst=1", kNames[2] + "?burst=1"},
                  "silence-timeout=700 ailment-timeout=700 slow-behind=700 slow-window=3000 "
                  "connect-timeout=2000 first-byte-timeout=2000 retry-first=200 retry-longest=1000 "
                  "penalty-half-life=2000 settle-time=1000 return-after=1000 return-interval=3000");
  const auto bus = gx::Ref<GstBus>::adopt(gst_element_get_bus(channel.pipeline.element()));
  std::string violations;
  ts::Checker checker([&](const ts::Violation& violation) {
    violations += std::string(name_of(violation.kind)) + ": " + violation.text + '\n';
  });
  Samples samples;
  std::size_t bytes = 0, switches = 0;
  auto received_at = Clock::now();
  Clock::duration longest{};
  channel.pipeline.play();
  for (const auto end = Clock::now() + duration; Clock::now() < end;) {
    const std::string& name = kNames[dice() % kNames.size()];
    channel.provider.set_faults(name, {random_fault(dice)});
    for (const auto next = Clock::now() + 2s; Clock::now() < next; std::this_thread::sleep_for(20ms)) {
      const std::string more = channel.pipeline.take_bytes();
      if (!more.empty()) {
        longest = std::max(longest, Clock::now() - received_at);
        received_at = Clock::now();
      }
      checker.push(as_bytes(more));
      bytes += more.size();
    }
    REQUIRE(goes_on(bus.get(), switches));
    REQUIRE_MESSAGE(Clock::now() - received_at < 20s, "nothing comes any more");
    samples.take();
  }
  channel.pipeline.stop();
  MESSAGE("received " << bytes / 1000 << " kB, " << switches << " switches, the longest wait "
                      << std::chrono::duration_cast<std::chrono::milliseconds>(longest).count()
                      << " ms; growth: " << growth(samples.memory) << " MB, " << growth(samples.threads)
                      << " threads, " << growth(samples.descriptors) << " descriptors");
  CHECK(violations == "");
  CHECK(growth(samples.threads) <= 2);
  CHECK(growth(samples.descriptors) <= 4);
  if (duration < 5min) return; // dice may pass by what is on, and the provider still loads its clips
  CHECK(switches > static_cast<std::size_t>(duration.count()) / 20);
  if (kMeasuresMemory) CHECK(growth(samples.memory) < 4);
}
