// SPDX-License-Identifier: LGPL-2.1-or-later
// The walk over audio frames, and finding back into step.
#include "ts/audio_probe.hpp"

#include <algorithm>

namespace relevo::ts {
namespace {

// Packets that began with a frame, until the next one is expected to as well.
constexpr unsigned kAlignedForSure = 2;

// Of any codec: the lengths of ADTS and LOAS have 13 bits.
constexpr std::uint32_t kLongestFrame = 8192;

} // namespace

AudioProbe::AudioProbe(Codec codec) noexcept
    : codec_(codec), measure_size_(audio_measure_size(codec)), sync_byte_(audio_sync_byte(codec)) {}

void AudioProbe::begin() noexcept {
  frames_ = 0;
  duration_ = 0;
  const bool inside_frame = skip_ > 0 || head_size_ > 0;
  if (sync_ == Sync::Locked && inside_frame) {
    if (aligned_packets_ >= kAlignedForSure) { // the rest of that frame was lost
      ++lost_syncs_;
      sync_ = Sync::Hunting;
    }
    aligned_packets_ = 0;
  } else if (sync_ == Sync::Locked) {
    ++aligned_packets_;
  }
  if (sync_ == Sync::Hunting) {
    head_size_ = skip_ = 0;
    span_.reset();
  }
  at_packet_start_ = head_size_ == 0 && skip_ == 0;
}

void AudioProbe::push(Bytes payload) noexcept {
  if (measure_size_ == 0) return;
  while (!payload.empty()) {
    if (skip_ > 0) {
      const std::size_t size = std::min(skip_, payload.size());
      skip_ -= size;
      payload = payload.subspan(size);
    } else {
      collect_head(payload);
    }
  }
}

void AudioProbe::collect_head(Bytes& payload) noexcept {
  const std::size_t wanted = span_ ? span_->head : measure_size_;
  const std::size_t size = std::min(wanted - head_size_, payload.size());
  std::ranges::copy(payload.first(size), head_.begin() + static_cast<std::ptrdiff_t>(head_size_));
  head_size_ += size;
  payload = payload.subspan(size);
  if (head_size_ == wanted) check_head();
}

void AudioProbe::check_head() noexcept {
  const Bytes head = Bytes{head_}.first(head_size_);
  if (!span_) {
    span_ = measure_audio_frame(codec_, head);
    if (!span_) return on_bad_header();
    if (head_size_ < span_->head) return;
  }
  auto latm = latm_;
  const AudioFrame frame = parse_audio_frame(codec_, head, latm);
  if (!is_plausible(frame)) return on_bad_header();
  latm_ = latm;
  on_frame(frame);
  skip_ = span_->size - head_size_;
  head_size_ = 0;
  span_.reset();
}

// Sound holds bytes that look like headers, of any length. On the way back into step only those of the known
// rate are followed, until it is clear that the stream has become another.
bool AudioProbe::is_plausible(const AudioFrame& frame) const noexcept {
  if (sync_ != Sync::Hunting || at_packet_start_ || !format_ || hunted_ > kLongestFrame) return true;
  return frame.format.sample_rate == core_.format.sample_rate && frame.format.profile == core_.format.profile;
}

// Looks for the next byte that may begin a header among those that were taken for one.
void AudioProbe::on_bad_header() noexcept {
  if (sync_ == Sync::Locked) ++lost_syncs_;
  sync_ = Sync::Hunting;
  at_packet_start_ = false;
  span_.reset();
  const auto head_end = head_.begin() + static_cast<std::ptrdiff_t>(head_size_);
  // Of more bytes than were to be measured, none is looked at again: simpler, and a frame late at worst.
  const auto next =
      head_size_ > measure_size_ ? head_end : std::find(head_.begin() + 1, head_end, sync_byte_);
  hunted_ += static_cast<std::uint32_t>(next - head_.begin());
  head_size_ = static_cast<std::size_t>(std::move(next, head_end, head_.begin()) - head_.begin());
}

void AudioProbe::on_frame(const AudioFrame& frame) noexcept {
  const bool believed = sync_ != Sync::Hunting || at_packet_start_;
  at_packet_start_ = false;
  sync_ = believed ? Sync::Locked : Sync::Tentative;
  if (!believed) return;
  hunted_ = 0;
  if (frame.kind == AudioFrame::Kind::Programme) count(frame);
  if (frame.kind == AudioFrame::Kind::Dependent) extend(frame);
}

void AudioProbe::count(const AudioFrame& frame) noexcept {
  ++frames_;
  duration_ += std::uint64_t{frame.samples} * 90000 * kFraction / frame.format.sample_rate;
  // What dependent substreams added to the last frame holds for this one until it proves to have none.
  if (!extended_ || frame.format != core_.format) {
    format_ = frame.format;
    bitrate_ = frame.bitrate;
  }
  core_ = frame;
  extended_ = false;
}

void AudioProbe::extend(const AudioFrame& frame) noexcept {
  if (!format_) return;
  core_.channel_map |= frame.channel_map;
  core_.bitrate += frame.bitrate;
  extended_ = true;
  format_->codec = frame.format.codec;
  format_->channels = static_cast<std::uint8_t>(count_channels(core_.channel_map));
  format_->lfe = has_lfe(core_.channel_map);
  bitrate_ = core_.bitrate;
}

} // namespace relevo::ts
