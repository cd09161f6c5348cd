// SPDX-License-Identifier: LGPL-2.1-or-later
// From cuts of a stream to the bytes between them.
#include "ts_cutter.hpp"

#include "gstx/buffer_map.hpp"

#include <utility>

namespace relevo::hlsrestream {
namespace {

/// A minute of high-definition television. What has no place to cut for so long is no television.
constexpr std::uint64_t kMostBetweenCuts = std::uint64_t{64} << 20;

hls::Duration duration_of(ts::Ticks ticks) {
  return hls::Duration((ticks * 1'000'000 + ts::kTicksPerSecond / 2) / ts::kTicksPerSecond);
}

} // namespace

TsCutter::TsCutter(const ts::SegmentSettings& settings, PieceSink& sink) : settings_(settings), sink_(sink) {
  restart();
}

void TsCutter::restart() {
  open_.reset();
  backlog_.clear();
  cut_point_ = settings_.first_offset = backlog_.end();
  ts::SegmentSink sink;
  sink.on_cut_point = [this](const ts::CutPoint& cut) { cut_point_ = cut.offset; };
  sink.on_begin = [this](const ts::Segment& segment) { on_begin(segment); };
  sink.on_part = [this](const ts::Part& part) { on_part(part); };
  sink.on_segment = [this](const ts::Segment& segment) { on_segment(segment); };
  segmenter_.emplace(settings_, std::move(sink));
}

Cut TsCutter::push(GstBuffer* buffer) {
  if (gst_buffer_get_size(buffer) == 0) return Cut::Fine;
  {
    const gstx::ReadMap map(backlog_.push(buffer));
    segmenter_->push(map.bytes());
  }
  backlog_.drop_before(segmenter_->keep_from());
  if (segmenter_->bytes_since_packet() > ts::PacketSync::kGiveUpBytes) return Cut::NotTransportStream;
  if (segmenter_->stride() > ts::kPacketSize) return Cut::OddPackets;
  if (backlog_.end() - cut_point_ <= kMostBetweenCuts) return Cut::Fine;
  abandon();
  return Cut::NoPlaceToCut;
}

void TsCutter::finish() {
  segmenter_->finish();
  hole_ = true;
  restart();
}

void TsCutter::abandon() {
  if (open_ && open_->told_until > open_->offset)
    sink_.end_segment(
        piece(open_->offset, open_->told_until - open_->offset, duration_of(open_->told_duration)));
  else if (open_)
    sink_.drop_segment();
  hole_ = true;
  restart();
}

void TsCutter::on_begin(const ts::Segment& segment) {
  open_ = Open{segment.offset, segment.offset, 0};
  const bool after_hole = std::exchange(hole_, false);
  sink_.begin_segment(after_hole || segment.discontinuity);
}

void TsCutter::on_part(const ts::Part& part) {
  const auto begin = duration_of(open_->told_duration);
  open_->told_duration += part.duration;
  open_->told_until = part.offset + part.size;
  // By the difference, so that nothing is lost to rounding.
  Piece told = piece(part.offset, part.size, duration_of(open_->told_duration) - begin);
  told.independent = part.independent;
  sink_.add_part(told);
}

void TsCutter::on_segment(const ts::Segment& segment) {
  open_.reset();
  sink_.end_segment(piece(segment.offset, segment.size, duration_of(segment.duration)));
}

Piece TsCutter::piece(std::uint64_t offset, std::uint64_t size, hls::Duration duration) const {
  return {backlog_.list(offset, size), size, duration};
}

} // namespace relevo::hlsrestream
