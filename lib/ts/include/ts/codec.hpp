// SPDX-License-Identifier: LGPL-2.1-or-later
// What an elementary stream is: the codec that the PMT announces, and the part it plays in a programme.
#pragma once

#include "base/bytes.hpp"

#include <cstdint>
#include <string_view>

namespace relevo::ts {

enum class Codec : std::uint8_t {
  Unknown,
  Mpeg1Video,
  Mpeg2Video,
  H264,
  H265,
  OtherVideo, // VC-1, AVS, MPEG-4 part 2, VVC, AV1: passed on, not looked into
  MpegAudio,  // layers I to III
  AacAdts,
  AacLatm,
  Ac3,
  Eac3,
  OtherAudio, // AC-4, DTS, Opus, S302M …: passed on, not looked into
  Teletext,
  DvbSubtitle,
  Scte35,
  Id3,
  PrivateData,
};

enum class Role : std::uint8_t { Video, Audio, Teletext, Subtitle, Splice, Metadata, Data };

/// The codec of a PMT entry, from its stream type and its descriptor loop (verbatim bytes).
/// `programme_registration` is the format_identifier of the programme's registration descriptor, 0 without
/// one.
[[nodiscard]] Codec classify(std::uint8_t stream_type, Bytes descriptors,
                             std::uint32_t programme_registration) noexcept;

/// Whether packets of this PMT entry carry sections instead of PES packets.
[[nodiscard]] bool carries_sections(std::uint8_t stream_type, Codec codec) noexcept;

[[nodiscard]] Role role_of(Codec codec) noexcept;
[[nodiscard]] std::string_view name_of(Codec codec) noexcept; // "H.264", "E-AC-3" …

} // namespace relevo::ts
