// SPDX-License-Identifier: LGPL-2.1-or-later
// Media time out of a stream's clocks, and a bucket of it that real time fills.
#include "ts/pace.hpp"

#include "ts/pes.hpp"

#include <algorithm>

namespace relevo::ts {
namespace {

/// So many values of others, and none of the PID that is followed: it has gone. More than the programmes of
/// any multiplex.
constexpr unsigned kPatience = 32;

std::optional<Ticks> dts_of(PacketView packet) noexcept {
  if (!packet.unit_start() || packet.scrambling() != 0) return std::nullopt;
  PesHeader header;
  if (parse_pes_header(packet.payload(), header) != PesParse::Ok) return std::nullopt;
  return header.dts ? header.dts : header.pts;
}

} // namespace

Pcr ClockSteps::push(Pid pid, Pcr value) noexcept {
  if (pid_ && pid != *pid_ && ++strangers_ < kPatience) return 0;
  const bool same = pid == pid_;
  const Pcr step = same ? wrapped_difference(value, last_, kPcrModulus) : 0;
  pid_ = pid;
  last_ = value;
  strangers_ = 0;
  return step > 0 && step <= Pacer::kLongestStep ? step : 0;
}

void Pacer::push(Bytes bytes) {
  pushed_ += bytes.size();
  sync_.read(bytes, [this](const std::byte* packet) { read(PacketView{packet}); });
}

void Pacer::read(PacketView packet) {
  if (packet.transport_error()) return;
  const std::uint64_t here = sync_.packet_offset();
  if (const auto dts = dts_of(packet)) {
    since_ += std::max(dts_.push(packet.pid(), *dts * kPcrPerTick), least_since(since_at_));
    since_at_ = here;
  }
  if (const auto pcr = packet.pcr()) {
    const Pcr step = pcr_.push(packet.pid(), *pcr);
    base_ += step > 0 ? std::max(step, least_since(base_at_)) : since_ + least_since(since_at_);
    since_ = 0;
    base_at_ = since_at_ = here;
  }
  set_mark();
}

Pcr Pacer::least_since(std::uint64_t offset) const noexcept {
  constexpr Pcr kMega = 1'000'000; // taken out of both, or it would overflow within days
  const auto bytes = static_cast<Pcr>(sync_.packet_offset() - offset);
  return bytes * (kPcrPerSecond / kMega) / (Pcr{kHighestRate} / kMega);
}

void Pacer::set_mark() {
  const Pcr position = base_ + since_ + least_since(since_at_);
  if (position < marked_ + kPortion) return;
  marks_.push() = {sync_.packet_offset(), position};
  marked_ = position;
}

std::uint64_t Pacer::allowed(Instant now) {
  const Pcr time = to_pcr(now);
  // What nobody used in its time is lost at once, but for a burst; whoever asks a little late loses nothing.
  const Pcr most = std::max(burst_, to_next_mark()) + kPortion;
  const Pcr since = passed_at_.value_or(time - burst_);
  const Pcr lost = std::max(time - most - since, Pcr{0});
  passed_at_ = since + lost;
  delay_ = std::min(delay_ + lost, kLongestDelay);
  while (!marks_.empty()) {
    const Mark& mark = marks_[marks_.begin()];
    if (*passed_at_ + wait() > time) return mark.offset;
    *passed_at_ += wait();
    delay_ -= saved();
    passed_ = mark.position;
    marks_.pop();
  }
  return pushed_;
}

std::optional<Pacer::Instant> Pacer::next() const {
  if (marks_.empty() || !passed_at_) return std::nullopt;
  const Pcr time = *passed_at_ + wait();
  return std::chrono::ceil<Duration>(std::chrono::duration<Pcr, std::ratio<1, kPcrPerSecond>>(time));
}

Pcr Pacer::to_next_mark() const noexcept {
  return marks_.empty() ? 0 : marks_[marks_.begin()].position - passed_;
}

Pacer::Duration Pacer::held() const noexcept {
  return Duration((marked_ - passed_) / (kPcrPerSecond / 1'000'000));
}

} // namespace relevo::ts
