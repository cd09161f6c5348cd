// SPDX-License-Identifier: LGPL-2.1-or-later
// The headers of MPEG-1 and MPEG-2 video in front of a picture's first slice.
#include "ts/mpeg2.hpp"

#include "ts/bits.hpp"

namespace relevo::ts::mpeg2 {
namespace {

enum StartCode : std::uint8_t {
  kPicture = 0x00,
  kFirstSlice = 0x01,
  kLastSlice = 0xaf,
  kSequenceHeader = 0xb3,
  kExtension = 0xb5,
  kGroup = 0xb8,
};

enum ExtensionId : std::uint8_t {
  kSequenceExtension = 1,
  kSequenceDisplayExtension = 2,
  kPictureCodingExtension = 8,
};

// The kinds of kept headers, in the order in which they stand: the ids of MPEG-2's extensions, behind the
// header.
constexpr std::uint8_t kHeaderKind = 0;

constexpr unsigned kFramePicture = 3;

constexpr Rational kRates[] = {{},      {24000, 1001}, {24, 1},       {25, 1}, {30000, 1001},
                               {30, 1}, {50, 1},       {60000, 1001}, {60, 1}};

std::uint8_t code_of(Bytes unit) noexcept {
  return load_u8(unit.data());
}

BitReader payload_of(Bytes unit) noexcept {
  return BitReader(unit.empty() ? unit : unit.subspan(1));
}

} // namespace

std::optional<VideoFormat> parse_sequence_header(Bytes unit) noexcept {
  BitReader in = payload_of(unit);
  VideoFormat format;
  format.codec = Codec::Mpeg1Video;
  format.width = static_cast<std::uint16_t>(in.u(12));
  format.height = static_cast<std::uint16_t>(in.u(12));
  in.skip(4); // aspect ratio
  const std::uint32_t rate = in.u(4);
  in.skip(18); // bit rate
  const bool marker = in.flag();
  if (!in.ok() || !marker || format.width == 0 || format.height == 0) return std::nullopt;
  if (rate < std::size(kRates)) format.frame_rate = kRates[rate];
  return format;
}

std::optional<VideoFormat> parse_sequence_extension(Bytes unit, const VideoFormat& header) noexcept {
  BitReader in = payload_of(unit);
  if (in.u(4) != kSequenceExtension) return std::nullopt;
  VideoFormat format = header;
  format.codec = Codec::Mpeg2Video;
  const bool escape = in.flag();
  format.profile = static_cast<std::uint16_t>(in.u(3) | (escape ? 8 : 0));
  format.level = static_cast<std::uint16_t>(in.u(4));
  format.interlaced = !in.flag();
  format.chroma_format = static_cast<std::uint8_t>(in.u(2));
  format.width = static_cast<std::uint16_t>(format.width | in.u(2) << 12);
  format.height = static_cast<std::uint16_t>(format.height | in.u(2) << 12);
  in.skip(22); // bit rate, marker, buffer size, low delay
  const std::uint64_t num = in.u(2) + 1;
  const std::uint64_t den = in.u(5) + 1;
  if (!in.ok()) return std::nullopt;
  format.frame_rate = make_rational(format.frame_rate.num * num, format.frame_rate.den * den);
  return format;
}

PictureType parse_picture_type(Bytes unit) noexcept {
  BitReader in = payload_of(unit);
  in.skip(10); // temporal reference
  switch (in.u(3)) {
  case 1: return PictureType::I;
  case 2: return PictureType::P;
  case 3: return PictureType::B;
  case 4: return PictureType::I; // MPEG-1's DC picture, intra as well
  default: return PictureType::Unknown;
  }
}

bool is_closed_gop(Bytes unit) noexcept {
  BitReader in = payload_of(unit);
  in.skip(25); // time code
  return in.flag();
}

std::size_t HeadReader::wanted(std::uint8_t first_byte) const noexcept {
  if (first_byte >= kFirstSlice && first_byte <= kLastSlice) return 1;
  switch (first_byte) {
  case kPicture: return 3;
  case kGroup: return 5;
  case kSequenceHeader:
  case kExtension: return kMaxUnitSize;
  default: return 0;
  }
}

bool HeadReader::take(Bytes unit, PictureContext& context) noexcept {
  switch (code_of(unit)) {
  case kSequenceHeader: take_sequence_header(unit, context); return false;
  case kExtension: return take_extension(unit, context);
  case kGroup:
    has_gop_ = true;
    closed_gop_ = is_closed_gop(unit);
    return false;
  case kPicture:
    context.head.type = parse_picture_type(unit);
    decide(context);
    return false; // its extension may follow
  default: return true;
  }
}

void HeadReader::take_sequence_header(Bytes unit, PictureContext& context) noexcept {
  const auto format = unit.size() < kMaxUnitSize ? parse_sequence_header(unit) : std::nullopt;
  if (!format) return;
  header_ = context.format = format;
  context.sets.put(kHeaderKind, 0, unit);
  // What extends this header follows it.
  context.sets.drop_stale(kSequenceExtension, 0);
  context.sets.drop_stale(kSequenceDisplayExtension, 0);
}

// True at a picture coding extension: the last that is of interest.
bool HeadReader::take_extension(Bytes unit, PictureContext& context) noexcept {
  BitReader in = payload_of(unit);
  switch (in.u(4)) {
  case kSequenceExtension: {
    const auto format =
        header_ && unit.size() < kMaxUnitSize ? parse_sequence_extension(unit, *header_) : std::nullopt;
    if (!format) return false;
    context.format = format;
    context.sets.put(kSequenceExtension, 0, unit);
    return false;
  }
  case kSequenceDisplayExtension:
    if (header_ && unit.size() < kMaxUnitSize) context.sets.put(kSequenceDisplayExtension, 0, unit);
    return false;
  case kPictureCodingExtension:
    in.skip(18); // vector ranges, DC precision
    context.head.field = in.u(2) != kFramePicture && in.ok();
    decide(context);
    return true;
  default: return false;
  }
}

void HeadReader::decide(PictureContext& context) const noexcept {
  PictureHead& head = context.head;
  const bool brings_header = context.sets.in_unit(kHeaderKind, 0);
  // The second field of a frame may be an I picture too, in an access unit of its own: no place to start.
  const bool starts_frame = brings_header || has_gop_ || !head.field;
  head.random_access = head.type == PictureType::I && context.sets.has(kHeaderKind, 0) && starts_frame;
  head.needs_parameter_sets = head.random_access && !brings_header;
  head.leading_possible = head.random_access && !closed_gop_;
}

} // namespace relevo::ts::mpeg2
