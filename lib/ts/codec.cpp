// SPDX-License-Identifier: LGPL-2.1-or-later
// From a PMT entry to a codec: the stream types of MPEG, ATSC, SCTE and HDMV, and the descriptors of DVB.
#include "ts/codec.hpp"

#include "ts/descriptors.hpp"

#include <algorithm>

namespace relevo::ts {
namespace {

constexpr std::uint8_t kPrivatePes = 0x06;
constexpr std::uint8_t kMetadataPes = 0x15;
constexpr std::uint8_t kFirstUserPrivate = 0x80;

Codec classify_registration(std::uint32_t id) noexcept {
  switch (id) {
  case fourcc("AC-3"): return Codec::Ac3;
  case fourcc("EAC3"): return Codec::Eac3;
  case fourcc("HEVC"): return Codec::H265;
  case fourcc("CUEI"): return Codec::Scte35;
  case fourcc("ID3 "): return Codec::Id3;
  case fourcc("AC-4"):
  case fourcc("BSSD"): // SMPTE 302M
  case fourcc("DTS1"):
  case fourcc("DTS2"):
  case fourcc("DTS3"):
  case fourcc("Opus"): return Codec::OtherAudio;
  case fourcc("AV01"):
  case fourcc("VC-1"):
  case fourcc("VVC "):
  case fourcc("drac"): return Codec::OtherVideo;
  default: return Codec::Unknown;
  }
}

Codec classify_extension(Bytes body) noexcept {
  if (body.empty()) return Codec::Unknown;
  switch (load_u8(body.data())) {
  case 0x0e: // DTS-HD
  case 0x0f: // DTS Neural
  case 0x15: // AC-4
  case 0x21: // DTS-UHD
    return Codec::OtherAudio;
  default: return Codec::Unknown;
  }
}

Codec classify_descriptor(const Descriptor& d) noexcept {
  switch (d.tag) {
  case descriptor_tag::kTeletext:
  case descriptor_tag::kVbiTeletext: return Codec::Teletext;
  case descriptor_tag::kSubtitling: return Codec::DvbSubtitle;
  case descriptor_tag::kAc3: return Codec::Ac3;
  case descriptor_tag::kEac3: return Codec::Eac3;
  case descriptor_tag::kDts: return Codec::OtherAudio;
  case descriptor_tag::kAac: return Codec::AacLatm; // TS 101 154 has AAC outside of 0x0f in LATM only
  case descriptor_tag::kExtension: return classify_extension(d.body);
  default: return Codec::Unknown;
  }
}

Codec classify_private_pes(Bytes descriptors) noexcept {
  if (const Codec codec = classify_registration(registration_of(descriptors)); codec != Codec::Unknown)
    return codec;
  for (const Descriptor d : Descriptors(descriptors)) {
    if (const Codec codec = classify_descriptor(d); codec != Codec::Unknown) return codec;
  }
  return Codec::PrivateData;
}

Codec classify_metadata(Bytes descriptors) noexcept {
  const bool id3 =
      metadata_format_of(descriptors) == fourcc("ID3 ") || registration_of(descriptors) == fourcc("ID3 ");
  return id3 ? Codec::Id3 : Codec::PrivateData;
}

// Blu-ray's reading of the user private range: 0x86 is DTS-HD there, and a section with splice points
// elsewhere.
Codec classify_hdmv(std::uint8_t stream_type) noexcept {
  switch (stream_type) {
  case 0x80: // LPCM
  case 0x82: // DTS
  case 0x83: // TrueHD
  case 0x85: // DTS-HD
  case 0x86: // DTS-HD Master Audio
  case 0xa2: // DTS-HD, secondary
    return Codec::OtherAudio;
  case 0x81: return Codec::Ac3;
  case 0x84:
  case 0xa1: return Codec::Eac3;
  case 0xea: return Codec::OtherVideo; // VC-1
  default: return Codec::PrivateData;  // presentation graphics, menus, text
  }
}

Codec classify_user_private(std::uint8_t stream_type, Bytes descriptors) noexcept {
  switch (stream_type) {
  case 0x80: return Codec::Mpeg2Video; // DigiCipher II, still found in North American cable
  case 0x81: return Codec::Ac3;
  case 0x86: return Codec::Scte35; // also without its 'CUEI': remuxers lose that of the programme
  case 0x87: return Codec::Eac3;
  case 0x8a: // DTS
    return Codec::OtherAudio;
  case 0xd1: // Dirac
  case 0xd2: // AVS2
  case 0xd4: // AVS3
  case 0xea: // VC-1
    return Codec::OtherVideo;
  default: {
    const Codec codec = classify_registration(registration_of(descriptors));
    return codec == Codec::Unknown ? Codec::PrivateData : codec;
  }
  }
}

Codec classify_standard(std::uint8_t stream_type) noexcept {
  switch (stream_type) {
  case 0x01: return Codec::Mpeg1Video;
  case 0x02: return Codec::Mpeg2Video;
  case 0x03:
  case 0x04: return Codec::MpegAudio;
  case 0x0f: return Codec::AacAdts;
  case 0x11: return Codec::AacLatm;
  case 0x1b: return Codec::H264;
  case 0x24: return Codec::H265;
  case 0x1c: // MPEG-4 audio without a transport syntax
  case 0x2d: // MPEG-H 3D audio
  case 0x2e: return Codec::OtherAudio;
  case 0x10: // MPEG-4 part 2
  case 0x1e: // auxiliary video
  case 0x1f: // a layer of H.264: scalable, or another view; not decodable by itself
  case 0x20:
  case 0x21: // JPEG 2000
  case 0x22: // a second view, MPEG-2 and H.264
  case 0x23:
  case 0x25: // a temporal layer of H.265, and its further layers
  case 0x28:
  case 0x29:
  case 0x2a:
  case 0x2b:
  case 0x32: // JPEG XS
  case 0x33: // VVC, and a temporal layer of it
  case 0x34:
  case 0x35: // EVC
  case 0x42: // AVS
    return Codec::OtherVideo;
  default: return stream_type == 0 ? Codec::Unknown : Codec::PrivateData;
  }
}

} // namespace

Codec classify(std::uint8_t stream_type, Bytes descriptors, std::uint32_t programme_registration) noexcept {
  if (stream_type == kPrivatePes) return classify_private_pes(descriptors);
  if (stream_type == kMetadataPes) return classify_metadata(descriptors);
  if (stream_type < kFirstUserPrivate) return classify_standard(stream_type);
  const bool cue = registration_of(descriptors) == fourcc("CUEI");
  if (programme_registration == fourcc("HDMV") && !cue) return classify_hdmv(stream_type);
  return classify_user_private(stream_type, descriptors);
}

/// ISO/IEC 13818-1, table 2-34.
bool carries_sections(std::uint8_t stream_type, Codec codec) noexcept {
  constexpr std::uint8_t kTypes[] = {0x05, 0x08, 0x0a, 0x0b, 0x0c, 0x0d, 0x14, 0x16, 0x17, 0x18};
  return codec == Codec::Scte35 || std::ranges::find(kTypes, stream_type) != std::end(kTypes);
}

Role role_of(Codec codec) noexcept {
  switch (codec) {
  case Codec::Mpeg1Video:
  case Codec::Mpeg2Video:
  case Codec::H264:
  case Codec::H265:
  case Codec::OtherVideo: return Role::Video;
  case Codec::MpegAudio:
  case Codec::AacAdts:
  case Codec::AacLatm:
  case Codec::Ac3:
  case Codec::Eac3:
  case Codec::OtherAudio: return Role::Audio;
  case Codec::Teletext: return Role::Teletext;
  case Codec::DvbSubtitle: return Role::Subtitle;
  case Codec::Scte35: return Role::Splice;
  case Codec::Id3: return Role::Metadata;
  case Codec::Unknown:
  case Codec::PrivateData: break;
  }
  return Role::Data;
}

std::string_view name_of(Codec codec) noexcept {
  switch (codec) {
  case Codec::Mpeg1Video: return "MPEG-1 video";
  case Codec::Mpeg2Video: return "MPEG-2 video";
  case Codec::H264: return "H.264";
  case Codec::H265: return "H.265";
  case Codec::OtherVideo: return "other video";
  case Codec::MpegAudio: return "MPEG audio";
  case Codec::AacAdts: return "AAC";
  case Codec::AacLatm: return "AAC LATM";
  case Codec::Ac3: return "AC-3";
  case Codec::Eac3: return "E-AC-3";
  case Codec::OtherAudio: return "other audio";
  case Codec::Teletext: return "teletext";
  case Codec::DvbSubtitle: return "DVB subtitles";
  case Codec::Scte35: return "SCTE-35";
  case Codec::Id3: return "ID3";
  case Codec::PrivateData: return "private data";
  case Codec::Unknown: break;
  }
  return "unknown";
}

} // namespace relevo::ts
