// SPDX-License-Identifier: LGPL-2.1-or-later
// PCR intervals, jitter and bit rates.
#include "analyse_clock.hpp"

#include <algorithm>
#include <cstdlib>

namespace relevo::ts {
namespace {

constexpr Pcr kLongestStep = 10 * kPcrPerSecond;

[[nodiscard]] std::uint64_t bits_per_second(std::uint64_t packets, Pcr time) noexcept {
  if (time <= 0) return 0;
  const double bits = static_cast<double>(packets) * kPacketSize * 8;
  return static_cast<std::uint64_t>(bits * kPcrPerSecond / static_cast<double>(time) + 0.5);
}

} // namespace

std::optional<Pcr> PcrMeter::push(Pcr pcr, bool discontinuity, std::uint64_t offset,
                                  std::optional<Analyser::Arrival> arrival) noexcept {
  ++report_.count;
  const Point now{.pcr = pcr, .offset = offset, .arrival = arrival};
  if (!last_) {
    last_ = now;
    return std::nullopt;
  }
  const Pcr step = wrapped_difference(pcr, last_->pcr, kPcrModulus);
  if (discontinuity || step < 0 || step > kLongestStep) {
    ++report_.breaks;
    last_step_.reset();
    last_ = now;
    return std::nullopt;
  }
  measure(step, now);
  last_ = now;
  return step;
}

void PcrMeter::measure(Pcr step, const Point& now) noexcept {
  report_.shortest = intervals_ == 0 ? step : std::min(report_.shortest, step);
  report_.longest = std::max(report_.longest, step);
  ++intervals_;
  sum_ += step;
  const std::uint64_t distance = now.offset - last_->offset;
  if (last_step_ && last_distance_ + distance > 0) {
    const double share = static_cast<double>(last_distance_) / static_cast<double>(last_distance_ + distance);
    const auto expected = static_cast<Pcr>(share * static_cast<double>(*last_step_ + step));
    report_.position_jitter = std::max(report_.position_jitter, std::abs(*last_step_ - expected));
  }
  if (now.arrival && last_->arrival) {
    const Pcr arrived = (*now.arrival - *last_->arrival).count() * (kPcrPerSecond / 1'000'000) / 1'000;
    report_.arrival_jitter = std::max(report_.arrival_jitter, std::abs(arrived - step));
  }
  last_step_ = step;
  last_distance_ = distance;
}

PcrReport PcrMeter::report(Pid pid) const noexcept {
  PcrReport report = report_;
  report.pid = pid;
  report.mean = intervals_ == 0 ? 0 : sum_ / static_cast<Pcr>(intervals_);
  return report;
}

bool RateWindow::advance(Pcr step) noexcept {
  now_ += step;
  if (size_ > 0 && now_ / kMark == marks_[newest_] / kMark) return false;
  newest_ = (newest_ + 1) % kMarks;
  marks_[newest_] = now_;
  size_ = std::min(size_ + 1, kMarks);
  if (!first_mark_) first_mark_ = now_;
  return true;
}

void RateWindow::count(Counts& counts, std::uint64_t packets) const noexcept {
  counts.at[newest_] = packets;
  if (marks_[newest_] == first_mark_) counts.first = packets;
}

BitRate RateWindow::rate(const Counts& counts) const noexcept {
  if (size_ == 0) return {};
  const std::size_t oldest = (newest_ + kMarks - (size_ - 1)) % kMarks;
  const std::uint64_t newest = counts.at[newest_];
  return {.current = bits_per_second(newest - counts.at[oldest], marks_[newest_] - marks_[oldest]),
          .overall = bits_per_second(newest - counts.first, marks_[newest_] - *first_mark_)};
}

} // namespace relevo::ts
