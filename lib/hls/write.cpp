// SPDX-License-Identifier: LGPL-2.1-or-later
// Playlists as text, in the order in which players expect the tags.
#include "hls/write.hpp"

#include "base/text.hpp"
#include "values.hpp"

#include <algorithm>

namespace relevo::hls {
namespace {

std::string_view name_of(KeyMethod method) {
  switch (method) {
  case KeyMethod::Aes128: return "AES-128";
  case KeyMethod::SampleAes: return "SAMPLE-AES";
  case KeyMethod::Other: break;
  }
  return "OTHER";
}

class Writer {
 public:
  explicit Writer(const MediaPlaylist& playlist) : playlist_(playlist) {}

  std::string run();

 private:
  template <class... Parts>
  void line(const Parts&... parts) {
    (out_ += concat(parts...)) += '\n';
  }

  [[nodiscard]] int version() const;
  void write_head();
  void write_server_control(const ServerControl& control);
  void write_before_address(const Segment& segment);
  void write_key(const std::optional<std::uint32_t>& index);
  void write_part(const Part& part);
  void write_segment(const Segment& segment);
  void write_preload(const PreloadHint& hint);

  const MediaPlaylist& playlist_;
  std::string out_;
  std::optional<std::uint32_t> key_; // of the segment before
  std::optional<std::uint32_t> map_;
};

std::string Writer::run() {
  line("#EXTM3U");
  write_head();
  for (const auto& segment : playlist_.segments)
    write_segment(segment);
  if (playlist_.open) write_before_address(*playlist_.open);
  if (playlist_.preload) write_preload(*playlist_.preload);
  if (playlist_.ended) line("#EXT-X-ENDLIST");
  return std::move(out_);
}

/// RFC 8216, section 7, and its second edition for EXT-X-SKIP.
int Writer::version() const {
  if (playlist_.skipped != 0) return 9;
  if (!playlist_.maps.empty()) return 6;
  const bool ranges =
      std::ranges::any_of(playlist_.segments, [](const Segment& s) { return s.range.has_value(); });
  return ranges ? 4 : 3;
}

void Writer::write_head() {
  line("#EXT-X-VERSION:", version());
  if (playlist_.independent_segments) line("#EXT-X-INDEPENDENT-SEGMENTS");
  line("#EXT-X-TARGETDURATION:", playlist_.target_duration.count());
  if (playlist_.server_control) write_server_control(*playlist_.server_control);
  if (playlist_.part_target) line("#EXT-X-PART-INF:PART-TARGET=", write_seconds(*playlist_.part_target));
  line("#EXT-X-MEDIA-SEQUENCE:", playlist_.media_sequence);
  if (playlist_.discontinuity_sequence != 0)
    line("#EXT-X-DISCONTINUITY-SEQUENCE:", playlist_.discontinuity_sequence);
  if (playlist_.type != PlaylistType::Live)
    line("#EXT-X-PLAYLIST-TYPE:", playlist_.type == PlaylistType::Vod ? "VOD" : "EVENT");
  if (playlist_.start)
    line("#EXT-X-START:TIME-OFFSET=", write_seconds(playlist_.start->offset),
         playlist_.start->precise ? ",PRECISE=YES" : "");
  if (playlist_.skipped != 0) line("#EXT-X-SKIP:SKIPPED-SEGMENTS=", playlist_.skipped);
}

void Writer::write_server_control(const ServerControl& control) {
  std::string list;
  const auto add = [&list](std::string_view name, std::string_view value) {
    if (!list.empty()) list += ',';
    ((list += name) += '=') += value;
  };
  if (control.can_block_reload) add("CAN-BLOCK-RELOAD", "YES");
  if (control.can_skip_until) add("CAN-SKIP-UNTIL", write_seconds(*control.can_skip_until));
  if (control.hold_back) add("HOLD-BACK", write_seconds(*control.hold_back));
  if (control.part_hold_back) add("PART-HOLD-BACK", write_seconds(*control.part_hold_back));
  line("#EXT-X-SERVER-CONTROL:", list);
}

void Writer::write_before_address(const Segment& segment) {
  if (segment.discontinuity) line("#EXT-X-DISCONTINUITY");
  write_key(segment.key);
  if (segment.map && segment.map != map_) {
    const Map& map = playlist_.maps[*segment.map];
    line("#EXT-X-MAP:URI=\"", map.uri, '"',
         map.range ? concat(",BYTERANGE=\"", write_range(*map.range), '"') : "");
    map_ = segment.map;
  }
  if (segment.time) line("#EXT-X-PROGRAM-DATE-TIME:", write_time(*segment.time));
  if (segment.gap) line("#EXT-X-GAP");
  for (const auto& part : segment.parts)
    write_part(part);
}

void Writer::write_key(const std::optional<std::uint32_t>& index) {
  if (index == key_) return;
  key_ = index;
  if (!index) return line("#EXT-X-KEY:METHOD=NONE");
  const Key& key = playlist_.keys[*index];
  line("#EXT-X-KEY:METHOD=", name_of(key.method), ",URI=\"", key.uri, '"',
       key.iv ? concat(",IV=", write_iv(*key.iv)) : "");
}

void Writer::write_part(const Part& part) {
  line("#EXT-X-PART:DURATION=", write_seconds(part.duration), ",URI=\"", part.uri, '"',
       part.range ? concat(",BYTERANGE=\"", write_range(*part.range), '"') : "",
       part.independent ? ",INDEPENDENT=YES" : "", part.gap ? ",GAP=YES" : "");
}

void Writer::write_segment(const Segment& segment) {
  write_before_address(segment);
  if (segment.range) line("#EXT-X-BYTERANGE:", write_range(*segment.range));
  line("#EXTINF:", write_seconds(segment.duration), ',', segment.title);
  line(segment.uri);
}

void Writer::write_preload(const PreloadHint& hint) {
  line("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"", hint.uri, '"',
       hint.offset != 0 ? concat(",BYTERANGE-START=", hint.offset) : "",
       hint.length ? concat(",BYTERANGE-LENGTH=", *hint.length) : "");
}

std::string write_variant(const Variant& variant) {
  std::string line = concat("#EXT-X-STREAM-INF:BANDWIDTH=", variant.bandwidth);
  if (variant.average_bandwidth) line += concat(",AVERAGE-BANDWIDTH=", *variant.average_bandwidth);
  if (variant.resolution)
    line += concat(",RESOLUTION=", variant.resolution->width, 'x', variant.resolution->height);
  if (!variant.codecs.empty()) line += concat(",CODECS=\"", variant.codecs, '"');
  return concat(line, '\n', variant.uri, '\n');
}

} // namespace

std::string write_master_playlist(const MasterPlaylist& playlist) {
  std::string out = "#EXTM3U\n";
  if (playlist.independent_segments) out += "#EXT-X-INDEPENDENT-SEGMENTS\n";
  for (const auto& variant : playlist.variants)
    out += write_variant(variant);
  return out;
}

std::string write_media_playlist(const MediaPlaylist& playlist) {
  return Writer(playlist).run();
}

} // namespace relevo::hls
