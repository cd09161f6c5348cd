// SPDX-License-Identifier: LGPL-2.1-or-later
// Units and pictures of one elementary stream.
#include "analyse_units.hpp"

namespace relevo::ts {

UnitMeter::UnitMeter(Codec codec) : codec_(codec) {
  if (role_of(codec) == Role::Video && codec != Codec::OtherVideo) probe_.emplace(codec);
  if (role_of(codec) == Role::Audio && codec != Codec::OtherAudio) sound_.emplace(codec);
}

void UnitMeter::look(PacketView packet) noexcept {
  if (packet.unit_start()) {
    if (wants_more_ && probe_) {
      probe_->end();
      on_picture();
    }
    ++units_;
    stamp_.reset();
    wants_more_ = true;
    if (probe_) probe_->begin();
    if (sound_) sound_->begin();
  }
  const Bytes body = reader_.push(packet.payload(), packet.unit_start());
  if (reader_.state() == PesReader::State::Header) return;
  if (reader_.state() != PesReader::State::Body) {
    wants_more_ = false;
    return;
  }
  const PesHeader& header = reader_.header();
  if (header.pts) stamp_ = header.dts.value_or(*header.pts);
  if (sound_) sound_->push(body);
  if (!wants_more_) return;
  if (!probe_) {
    wants_more_ = false;
    ++random_access_points_; // of sound; who reports knows whether it counts
  } else if (probe_->push(body)) {
    on_picture();
  }
}

void UnitMeter::on_picture() noexcept {
  wants_more_ = false;
  const PictureHead& head = probe_->head();
  if (probe_->format() != video_.format) on_format();
  if (head.random_access) on_random_access();
  second_field_ = head.field && !second_field_;
  if (head.field && !second_field_) return; // the frame was counted with its first field
  ++video_.pictures;
  ++pictures_in_gop_;
}

/// Pictures from here on have nothing to do with those before: another source, perhaps.
void UnitMeter::on_format() noexcept {
  video_.format = probe_->format();
  video_.last_gop.reset();
  last_random_access_.reset();
}

void UnitMeter::on_random_access() noexcept {
  ++random_access_points_;
  if (last_random_access_ && stamp_) {
    const GopLength gop{.pictures = pictures_in_gop_,
                        .duration = wrapped_difference(*stamp_, *last_random_access_, kTicksModulus)};
    if (gop.duration > 0) {
      video_.last_gop = gop;
      if (!video_.shortest_gop || gop.duration < video_.shortest_gop->duration) video_.shortest_gop = gop;
      if (!video_.longest_gop || gop.duration > video_.longest_gop->duration) video_.longest_gop = gop;
    }
  }
  last_random_access_ = stamp_;
  pictures_in_gop_ = 0;
}

std::optional<VideoReport> UnitMeter::video() const {
  if (role_of(codec_) != Role::Video) return std::nullopt;
  VideoReport report = video_;
  if (const auto& gop = report.last_gop)
    report.frame_rate = make_rational(std::uint64_t{gop->pictures} * kTicksPerSecond,
                                      static_cast<std::uint64_t>(gop->duration));
  return report;
}

std::optional<AudioReport> UnitMeter::audio() const {
  if (role_of(codec_) != Role::Audio) return std::nullopt;
  AudioReport report;
  if (sound_) report = {.format = sound_->format(), .bit_rate = sound_->bitrate()};
  return report;
}

} // namespace relevo::ts
