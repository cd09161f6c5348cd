// SPDX-License-Identifier: LGPL-2.1-or-later
// The start code scanner in front of the codecs' head readers.
#include "ts/picture_probe.hpp"

#include <algorithm>

namespace relevo::ts {
namespace {

// What precedes the first slice is parameter sets and messages, a few hundred bytes. Past this it is no
// video.
constexpr std::size_t kMaxScan = 32 * 1024;

} // namespace

PictureProbe::PictureProbe(Codec codec) noexcept {
  switch (codec) {
  case Codec::H264: reader_.emplace<h264::HeadReader>(); break;
  case Codec::H265: reader_.emplace<h265::HeadReader>(); break;
  case Codec::Mpeg1Video:
  case Codec::Mpeg2Video: reader_.emplace<mpeg2::HeadReader>(); break;
  default: break;
  }
}

void PictureProbe::begin() noexcept {
  context_.head = {};
  context_.sets.begin_unit();
  unit_size_ = wanted_ = scanned_ = 0;
  zeros_ = 0;
  at_unit_start_ = false;
  done_ = std::holds_alternative<NoReader>(reader_);
  std::visit([](auto& reader) { reader.begin(); }, reader_);
}

bool PictureProbe::push(Bytes payload) noexcept {
  for (const std::byte value : payload) {
    if (done_) break;
    take_byte(value);
  }
  return done_;
}

void PictureProbe::end() noexcept {
  if (!done_ && wanted_ > 0) finish_unit(unit_size_);
  done_ = true;
}

void PictureProbe::take_byte(std::byte value) noexcept {
  const std::uint8_t number = std::to_integer<std::uint8_t>(value);
  if (++scanned_ > kMaxScan) {
    done_ = true;
  } else if (at_unit_start_) {
    start_unit(number);
    collect(value);
    zeros_ = 0; // of MPEG-2's picture start code 00 00 01 00, the last byte is no part of the next one
  } else if (zeros_ == 2 && number == 1) {
    if (wanted_ > 0) finish_unit(unit_size_ - 2); // without the zeros of this start code
    at_unit_start_ = true;
  } else {
    collect(value);
    zeros_ = number == 0 ? static_cast<std::uint8_t>(std::min(zeros_ + 1, 2)) : std::uint8_t{0};
  }
}

void PictureProbe::start_unit(std::uint8_t first_byte) noexcept {
  at_unit_start_ = false;
  unit_size_ = 0;
  wanted_ = std::visit([=](const auto& reader) { return reader.wanted(first_byte); }, reader_);
}

void PictureProbe::collect(std::byte value) noexcept {
  if (wanted_ == 0) return;
  unit_[unit_size_++] = value;
  if (unit_size_ == wanted_) finish_unit(unit_size_);
}

void PictureProbe::finish_unit(std::size_t size) noexcept {
  const Bytes unit{unit_.data(), size};
  wanted_ = 0;
  done_ = std::visit([&](auto& reader) { return reader.take(unit, context_); }, reader_);
}

} // namespace relevo::ts
