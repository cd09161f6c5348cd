// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/pace.hpp"

#include "ts_builder.hpp"

#include <doctest/doctest.h>
#include <random>

using namespace relevo;
using namespace relevo::ts;
using namespace relevo::test;
using namespace std::chrono_literals;
using Duration = Pacer::Duration;

namespace {

constexpr Duration kStart = 1000s;     // of the clock that tests count by
constexpr Duration kFuzziness = 100ms; // two portions
constexpr int kPicturesPerSecond = 25;

TsBuilder television(int seconds, Ticks first_dts = 900'000) {
  TsBuilder stream;
  add_television(stream, first_dts, seconds * kPicturesPerSecond);
  return stream;
}

TsBuilder operator+(TsBuilder first, const TsBuilder& second) {
  first.bytes.insert(first.bytes.end(), second.bytes.begin(), second.bytes.end());
  return first;
}

void remove_pcr(TsBuilder& stream) {
  for (std::size_t i = 0; i < stream.packets(); ++i)
    if (auto packet = stream.at(i); packet.has_pcr()) packet.remove_pcr();
}

template <class Change>
void change_pcr(TsBuilder& stream, Change change) {
  for (std::size_t i = 0; i < stream.packets(); ++i)
    if (auto packet = stream.at(i); packet.has_pcr()) packet.set_pcr(change(*packet.pcr()));
}

/// Without PTS and DTS.
void remove_stamps(TsBuilder& stream) {
  for (std::size_t i = 0; i < stream.packets(); ++i) {
    auto packet = stream.at(i);
    if (!packet.unit_start() || packet.payload().size() < 9) continue;
    auto* pes = packet.data() + (packet.payload().data() - packet.bytes().data());
    if (load_be24(pes) == 1) store_u8(pes + 7, 0);
  }
}

struct Run {
  Duration total{}; // until the last byte
  Duration longest_wait{};
  std::size_t waits = 0;
};

/// Everything is there from the start, and leaves as soon as it may.
Run run(Bytes bytes, PaceSettings settings = {}) {
  Pacer pacer(settings);
  pacer.push(bytes);
  Run run;
  Duration now = kStart;
  while (pacer.allowed(now) < bytes.size()) {
    const auto next = pacer.next();
    REQUIRE(next);
    REQUIRE(*next > now);
    run.longest_wait = std::max(run.longest_wait, *next - now);
    ++run.waits;
    now = *next;
  }
  CHECK_FALSE(pacer.next());
  run.total = now - kStart;
  return run;
}

bool is_about(Duration value, Duration expected) {
  return value >= expected - kFuzziness && value <= expected + kFuzziness;
}

} // namespace

TEST_CASE("a burst leaves at once, the rest in real time and in portions") {
  const auto stream = television(20);
  const Run paced = run(stream.bytes);
  CHECK(is_about(paced.total, 18s));
  CHECK(paced.longest_wait <= kFuzziness);
  CHECK(paced.waits <= 18 * 20);
  CHECK(is_about(run(stream.bytes, {.burst = 0s}).total, 20s));
  CHECK(run(stream.bytes, {.burst = 60s}).total == 0s);
}

TEST_CASE("what is not held back is what has had its time") {
  const auto stream = television(10);
  Pacer pacer;
  pacer.push(stream.bytes);
  CHECK(is_about(pacer.held(), 10s));
  const auto first = pacer.allowed(kStart);
  CHECK(first > stream.bytes.size() / 6);
  CHECK(first < stream.bytes.size() / 4);
  CHECK(is_about(pacer.held(), 8s));
  CHECK(pacer.allowed(kStart) == first);
  CHECK(is_about(*pacer.next() - kStart, 50ms));
  CHECK(is_about(*pacer.next() - kStart, 50ms));
  for (Duration now = 50ms; now < 9s; now += 50ms)
    CHECK(pacer.allowed(kStart + now) >= first);
  CHECK(pacer.allowed(kStart + 9s) == stream.bytes.size());
  CHECK(pacer.held() == 0s);
}

TEST_CASE("whoever is late catches up by one burst and no more") {
  const auto stream = television(20);
  Pacer pacer;
  const auto first = Bytes(stream.bytes).first(stream.bytes.size() / 20);
  pacer.push(first);
  CHECK(pacer.allowed(kStart) == first.size());
  CHECK(pacer.allowed(kStart + 60s) == first.size());
  pacer.push(Bytes(stream.bytes).subspan(first.size()));
  const auto burst = pacer.allowed(kStart + 60s) - first.size();
  CHECK(burst > stream.bytes.size() / 12);
  CHECK(burst < stream.bytes.size() / 8);
  CHECK(is_about(*pacer.next() - kStart, 60s));
}

TEST_CASE("what is late beyond a burst is made up for a little faster than real time") {
  const auto stream = television(40);
  const std::size_t second = stream.bytes.size() / 40;
  const auto time_after = [&](Duration delay) {
    Pacer pacer({.burst = 0s});
    pacer.push(Bytes(stream.bytes).first(4 * second));
    Duration now = kStart;
    for (; pacer.next() || now == kStart; now = std::max(pacer.next().value_or(now), now + 1ms))
      CHECK(pacer.allowed(now) <= 4 * second);
    pacer.push(Bytes(stream.bytes).subspan(4 * second));
    const Duration late = now += delay;
    for (; pacer.allowed(now) < stream.bytes.size(); now = *pacer.next()) {
    }
    return now - late; // for 36 s
  };
  const auto in_time = time_after(0s);
  CHECK(is_about(in_time, 36s));
  CHECK(is_about(in_time - time_after(2s),
                 1'900ms)); // made up for, but for the portion that anyone may be late
  CHECK(is_about(in_time - time_after(10s), 3'700ms)); // a tenth of what there was, and that portion
  CHECK(time_after(1h) > 31s);
}

TEST_CASE("whoever asks a little late loses no time") {
  const auto stream = television(20);
  Pacer pacer({.burst = 0s});
  pacer.push(stream.bytes);
  Duration now = kStart;
  for (; pacer.allowed(now) < stream.bytes.size(); now = *pacer.next() + 10ms) {
  }
  CHECK(is_about(now - kStart, 20s));
}

TEST_CASE("clocks may wrap") {
  const auto stream = television(20, kTicksModulus - 8 * kTicksPerSecond);
  CHECK(is_about(run(stream.bytes).total, 18s));
}

TEST_CASE("a jump of the clocks takes no time") {
  for (const Ticks jump : {-3600, -3, 13, 40'000}) {
    CAPTURE(jump);
    const auto stream = television(10) + television(10, 900'000 + (10 + jump) * kTicksPerSecond);
    const Run paced = run(stream.bytes);
    CHECK(is_about(paced.total, 18s));
    CHECK(paced.longest_wait <= kFuzziness);
  }
}

TEST_CASE("a jump at every segment, and another PID with it") {
  TsBuilder stream;
  for (int i = 0; i < 10; ++i) {
    TsBuilder segment = television(4, (i * 7919 % 31) * 1000 * kTicksPerSecond);
    for (std::size_t p = 0; i % 2 == 1 && p < segment.packets(); ++p)
      if (auto packet = segment.at(p); packet.pid() >= kVideoPid) packet.set_pid(packet.pid() + 0x20);
    stream = stream + segment;
  }
  // Each change of the PIDs may let a second go by, until it is believed.
  CHECK(run(stream.bytes).total >= 27s);
  CHECK(run(stream.bytes).total <= 38s);
}

TEST_CASE("without a PCR, DTS is the clock") {
  auto stream = television(20);
  remove_pcr(stream);
  const Run paced = run(stream.bytes);
  CHECK(is_about(paced.total, 18s));
  CHECK(paced.longest_wait <= kFuzziness);
}

TEST_CASE("between rare PCRs, DTS is the clock, and PCR has the last word") {
  auto stream = television(20);
  int count = 0;
  for (std::size_t i = 0; i < stream.packets(); ++i)
    if (auto packet = stream.at(i); packet.has_pcr() && count++ % 75 != 0) packet.remove_pcr();
  const Run paced = run(stream.bytes);
  CHECK(is_about(paced.total, 18s));
  CHECK(paced.longest_wait <= kFuzziness);
}

TEST_CASE("a clock that cannot be believed is replaced by the other") {
  auto frozen = television(20);
  change_pcr(frozen, [](Pcr) { return Pcr{1234567}; });
  CHECK(is_about(run(frozen.bytes).total, 18s));

  auto wild = television(20);
  std::minstd_rand random(1);
  change_pcr(wild, [&](Pcr) { return static_cast<Pcr>(random()) * 1000; });
  CHECK(is_about(run(wild.bytes).total, 18s));

  auto no_stamps = television(20);
  remove_stamps(no_stamps);
  CHECK(is_about(run(no_stamps.bytes).total, 18s));
}

TEST_CASE("without any clock that moves, bytes leave at the highest rate that media has") {
  TsBuilder stream = television(420);
  REQUIRE(stream.bytes.size() > 2 * Pacer::kHighestRate / 5);
  const auto least = Duration(stream.bytes.size() * 1'000'000 / Pacer::kHighestRate);
  auto frozen = stream;
  change_pcr(frozen, [](Pcr) { return Pcr{0}; });
  remove_stamps(frozen);
  CHECK(is_about(run(frozen.bytes, {.burst = 0s}).total, least));
  auto none = stream;
  remove_pcr(none);
  remove_stamps(none);
  CHECK(is_about(run(none.bytes, {.burst = 0s}).total, least));
  const std::vector<std::byte> noise(10'000'000, std::byte{0x11});
  CHECK(run(noise).total == 0s); // no packets: not ours to judge
}

TEST_CASE("a clock that crawls does not hold the rate down, nor does one that races") {
  auto crawling = television(400);
  Pcr value = 0;
  change_pcr(crawling, [&](Pcr) { return ++value; });
  remove_stamps(crawling);
  const auto least = Duration(crawling.bytes.size() * 1'000'000 / Pacer::kHighestRate);
  CHECK(run(crawling.bytes, {.burst = 0s}).total + kFuzziness >= least);

  auto racing = television(2);
  change_pcr(racing, [&](Pcr) { return value += Pacer::kLongestStep; });
  CHECK(run(racing.bytes).longest_wait <= 2s);
}

TEST_CASE("of several programmes one is the clock, and when it goes another is") {
  TsBuilder stream;
  const auto add = [&](Pid pid, Pcr time) { stream.pcr(pid, time); };
  for (int i = 0; i < 500; ++i) {
    if (i < 250) add(0x100, 40'000'000 + i * kPcrPerSecond / 25);
    add(0x200, 7'000'000'000 + i * kPcrPerSecond / 25);
    add(0x300, 90'000 + i * kPcrPerSecond / 25);
  }
  // Where the first goes, a second passes until it is given up.
  CHECK(run(stream.bytes, {.burst = 0s}).total >= 18s);
  CHECK(run(stream.bytes, {.burst = 0s}).total <= 20s);
}

TEST_CASE("any split of the same bytes leaves at the same times") {
  const auto stream = television(4) + television(4, kTicksModulus - 90'000) + television(2);
  const auto schedule = [&](std::size_t block) {
    Pacer pacer;
    for (Bytes rest = stream.bytes; !rest.empty(); rest = rest.subspan(std::min(block, rest.size())))
      pacer.push(rest.first(std::min(block, rest.size())));
    std::vector<std::pair<Duration, std::uint64_t>> out;
    for (Duration now = kStart; out.empty() || pacer.next(); now = *pacer.next())
      out.emplace_back(now, pacer.allowed(now));
    return out;
  };
  const auto whole = schedule(stream.bytes.size());
  REQUIRE(whole.size() > 50);
  for (const std::size_t block : {1, 7, 187, 188, 189, 1316, 65'424})
    CHECK(schedule(block) == whole);
}
