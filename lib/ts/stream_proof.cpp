// SPDX-License-Identifier: LGPL-2.1-or-later
// What is no transport stream, told early.
#include "ts/stream_proof.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace relevo::ts {
namespace {

constexpr std::size_t kHeadSize = 16;
constexpr std::string_view kBlanks = " \t\r\n\f\v";

struct Sign {
  std::size_t at;
  std::string_view bytes;
  Content content;
};

// The type of an MP4 box stands behind its length.
constexpr Sign kSigns[] = {
    {0, "<", Content::Page},
    {0, "#EXTM3U", Content::Playlist},
    {0, "\xef\xbb\xbf#EXTM3U", Content::Playlist},
    {4, "ftyp", Content::Mp4},
    {4, "styp", Content::Mp4},
    {4, "moof", Content::Mp4},
    {4, "sidx", Content::Mp4},
    {4, "emsg", Content::Mp4},
    {4, "prft", Content::Mp4},
    {0, "\x1a\x45\xdf\xa3", Content::Matroska},
    {0, "FLV\x01", Content::Flv},
    {0, "OggS", Content::Ogg},
    {0, "ID3", Content::TaggedAudio},
};

std::optional<Content> find_sign(std::string_view head) noexcept {
  for (const Sign& sign : kSigns)
    if (head.size() >= sign.at && head.substr(sign.at).starts_with(sign.bytes)) return sign.content;
  return std::nullopt;
}

} // namespace

std::string_view describe(Content content) noexcept {
  switch (content) {
  case Content::Nothing: return "nothing";
  case Content::Page: return "a page of text";
  case Content::Playlist: return "an HLS playlist";
  case Content::Mp4: return "MP4";
  case Content::Matroska: return "Matroska";
  case Content::Flv: return "FLV";
  case Content::Ogg: return "Ogg";
  case Content::TaggedAudio: return "sound behind an ID3 tag";
  case Content::Other: break;
  }
  return "other data";
}

bool is_media(Content content) noexcept {
  return content >= Content::Mp4 && content <= Content::TaggedAudio;
}

std::optional<Content> StreamProof::push(Bytes bytes) {
  if (proven_ || bytes.empty()) return std::nullopt;
  empty_ = false;
  if (head_.size() < kHeadSize) {
    std::string_view text = as_text(bytes);
    if (head_.empty()) text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
    head_ += text.substr(0, kHeadSize - head_.size());
    if (const auto found = find_sign(head_)) return found;
  }
  sync_.read(bytes, [this](const std::byte*) { take_packet(); });
  if (proven_ || sync_.skipped_bytes() <= PacketSync::kGiveUpBytes) return std::nullopt;
  return Content::Other;
}

std::optional<Content> StreamProof::finish() {
  sync_.finish([this](const std::byte*) { take_packet(); });
  if (proven_) return std::nullopt;
  return empty_ ? Content::Nothing : Content::Other;
}

void StreamProof::take_packet() {
  if (sync_.packet_offset() <= PacketSync::kGiveUpBytes) proven_ = true;
}

} // namespace relevo::ts
