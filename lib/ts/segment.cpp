// SPDX-License-Identifier: LGPL-2.1-or-later
// Cut points, segments and parts.
#include "ts/segment.hpp"

#include "ts/descriptors.hpp"

#include <algorithm>
#include <cstdlib>

namespace relevo::ts {
namespace {

constexpr Pid kLastTablePid = 0x1f;                  // tables of DVB
constexpr Ticks kLongestStep = 10 * kTicksPerSecond; // between units on one clock

[[nodiscard]] Ticks from_to(Ticks from, Ticks to) noexcept {
  return wrapped_difference(to, from, kTicksModulus);
}

} // namespace

Segmenter::Segmenter(SegmentSettings settings, SegmentSink sink)
    : settings_(settings), sink_(std::move(sink)), packet_end_(settings.first_offset) {}

void Segmenter::push(Bytes block) {
  sync_.read(block, [this](const std::byte* packet) { on_packet(PacketView{packet}); });
}

void Segmenter::finish() {
  sync_.finish([this](const std::byte* packet) { on_packet(PacketView{packet}); });
  end_unit();
  if (segment_) close_segment(packet_end_, segment_end_);
}

std::uint64_t Segmenter::keep_from() const noexcept {
  if (segment_) return segment_->offset;
  if (!unit_.decided && unit_.tables_offset) return *unit_.tables_offset;
  return tables_offset_.value_or(packet_end_);
}

void Segmenter::on_packet(PacketView packet) {
  const std::uint64_t offset = settings_.first_offset + sync_.packet_offset();
  packet_end_ = offset + kPacketSize;
  const Pid pid = packet.pid();
  if (psi_.pmt() && pid == psi_.pmt()->pcr_pid && packet.discontinuity()) {
    end_unit();
    clock_broken_ = true;
    last_dts_.reset();
  }
  if (!packet.has_payload() || pid == kNullPid) return;
  if (pid == kPatPid && packet.unit_start()) tables_offset_ = offset;
  if (psi_.follows(pid)) {
    on_tables(packet);
  } else if (pid == main_pid_) {
    if (packet.unit_start()) {
      end_unit();
      unit_ = {.offset = offset,
               .tables_offset = tables_offset_,
               .marked = packet.random_access(),
               .decided = false,
               .pts = std::nullopt,
               .dts = 0};
      if (probe_) probe_->begin();
    }
    on_main(packet);
  }
  if (pid > kLastTablePid && !psi_.follows(pid)) tables_offset_.reset();
}

void Segmenter::on_tables(PacketView packet) {
  if (!psi_.push(packet)) return;
  const Pmt& pmt = *psi_.pmt();
  std::vector<std::pair<Pid, Codec>> streams;
  for (const Pmt::Stream& stream : pmt.streams)
    streams.emplace_back(stream.pid,
                         classify(stream.stream_type, stream.descriptors, registration_of(pmt.descriptors)));
  if (streams == streams_) return;
  end_unit();
  streams_changed_ = true;
  streams_ = std::move(streams);
  const auto has_role = [](Role role) {
    return [role](const auto& stream) { return role_of(stream.second) == role; };
  };
  auto main = std::ranges::find_if(streams_, has_role(Role::Video));
  if (main == streams_.end()) main = std::ranges::find_if(streams_, has_role(Role::Audio));
  main_pid_ = main == streams_.end() ? kNullPid : main->first;
  main_role_ = main == streams_.end() ? Role::Data : role_of(main->second);
  reader_.reset();
  probe_.reset();
  if (main_role_ == Role::Video && main->second != Codec::OtherVideo) probe_.emplace(main->second);
}

void Segmenter::on_main(PacketView packet) {
  if (unit_.decided) return;
  const Bytes body = reader_.push(packet.payload(), packet.unit_start());
  if (reader_.state() == PesReader::State::Header) return;
  if (reader_.state() != PesReader::State::Body) {
    unit_.decided = true;
    return;
  }
  const PesHeader& header = reader_.header();
  unit_.pts = header.pts;
  if (header.pts) unit_.dts = header.dts.value_or(*header.pts);
  if (probe_) {
    if (probe_->push(body)) on_unit(probe_->head().random_access);
  } else {
    on_unit(main_role_ == Role::Audio || unit_.marked);
  }
}

void Segmenter::end_unit() {
  if (unit_.decided) return;
  if (probe_) probe_->end();
  on_unit(probe_ && probe_->head().random_access);
}

void Segmenter::on_unit(bool random_access) {
  unit_.decided = true;
  if (!unit_.pts) return;
  const Ticks step = last_dts_ ? from_to(*last_dts_, unit_.dts) : 0;
  if (std::abs(step) > kLongestStep)
    clock_broken_ = true;
  else if (step > 0)
    unit_duration_ = step;
  last_dts_ = unit_.dts;
  if (random_access && sink_.on_random_access)
    sink_.on_random_access({.offset = unit_.offset, .pts = *unit_.pts});
  const bool can_cut = random_access && unit_.tables_offset.has_value();
  if (can_cut) {
    const bool new_format = format_changed();
    const bool first = !segment_;
    on_cut_point({.offset = *unit_.tables_offset,
                  .pts = *unit_.pts,
                  .discontinuity = !first && (clock_broken_ || streams_changed_ || new_format)});
    clock_broken_ = streams_changed_ = false;
  } else if (segment_) {
    on_inner_picture(unit_.offset, random_access);
  }
  // After a break no time stamp can be compared with those of the segment that is still open.
  if (segment_ && !clock_broken_)
    segment_end_ = std::max(segment_end_, from_to(segment_->pts, *unit_.pts) + unit_duration_);
}

bool Segmenter::format_changed() {
  if (!probe_ || !probe_->format()) return false;
  const auto before = std::exchange(format_, probe_->format());
  return before && (before->codec != format_->codec || before->width != format_->width ||
                    before->height != format_->height);
}

void Segmenter::on_cut_point(const CutPoint& cut) {
  if (sink_.on_cut_point) sink_.on_cut_point(cut);
  if (segment_) {
    const Ticks duration = clock_broken_ ? segment_end_ : std::max<Ticks>(from_to(segment_->pts, cut.pts), 0);
    add_step(cut.discontinuity, duration);
    if (!cut.discontinuity && !is_long_enough(duration)) {
      on_inner_picture(cut.offset, true);
      return;
    }
    close_segment(cut.offset, duration);
  }
  open_segment(cut);
}

void Segmenter::add_step(bool discontinuity, Ticks position) {
  if (discontinuity) return steps_.fill(0); // another encoder
  steps_[steps_seen_++ % steps_.size()] = position - cut_position_;
  cut_position_ = position;
}

bool Segmenter::is_long_enough(Ticks duration) const noexcept {
  if (duration >= settings_.target) return true;
  return settings_.limit > 0 && duration + *std::ranges::max_element(steps_) > settings_.limit;
}

void Segmenter::on_inner_picture(std::uint64_t offset, bool random_access) {
  if (settings_.part_target == 0) return;
  const Ticks elapsed = clock_broken_ ? 0 : from_to(part_.dts, unit_.dts);
  if (elapsed > 0 && elapsed + unit_duration_ > settings_.part_target) {
    close_part(offset, elapsed);
    part_.offset = offset;
    part_.dts = unit_.dts;
    part_.independent = false;
  }
  part_.independent |= random_access;
}

void Segmenter::open_segment(const CutPoint& cut) {
  segment_ = {.sequence = settings_.first_sequence++,
              .offset = cut.offset,
              .size = 0,
              .pts = cut.pts,
              .duration = 0,
              .discontinuity = cut.discontinuity};
  segment_end_ = cut_position_ = 0;
  part_ = {.offset = cut.offset, .dts = unit_.dts, .independent = true, .index = 0, .durations_before = 0};
  if (sink_.on_begin) sink_.on_begin(*segment_);
}

void Segmenter::close_segment(std::uint64_t end, Ticks duration) {
  if (settings_.part_target > 0) close_part(end, std::max<Ticks>(duration - part_.durations_before, 0));
  segment_->size = end - segment_->offset;
  segment_->duration = duration;
  if (sink_.on_segment) sink_.on_segment(*segment_);
  segment_.reset();
}

void Segmenter::close_part(std::uint64_t end, Ticks duration) {
  if (sink_.on_part)
    sink_.on_part({.sequence = segment_->sequence,
                   .index = part_.index,
                   .offset = part_.offset,
                   .size = end - part_.offset,
                   .duration = duration,
                   .independent = part_.independent});
  ++part_.index;
  part_.durations_before += duration;
}

} // namespace relevo::ts
