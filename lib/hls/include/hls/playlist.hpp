// SPDX-License-Identifier: LGPL-2.1-or-later
// HLS playlists as values (RFC 8216, and the low-latency tags of its second edition).
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace relevo::hls {

using Duration = std::chrono::microseconds;
using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

struct ByteRange {
  std::uint64_t length = 0;
  std::uint64_t offset = 0;

  bool operator==(const ByteRange&) const = default;
};

using Iv = std::array<std::uint8_t, 16>;

enum class KeyMethod : std::uint8_t {
  Aes128,    // whole segments
  SampleAes, // inside the elementary streams: needs a demuxer
  Other,     // also where the key is not given by its plain bytes (a KEYFORMAT other than "identity")
};

struct Key {
  KeyMethod method = KeyMethod::Aes128;
  std::string uri;
  std::optional<Iv> iv; // empty: made from the segment's sequence number

  bool operator==(const Key&) const = default;
};

/// The vector of a segment whose key gives none.
[[nodiscard]] Iv initialization_vector(std::uint64_t sequence) noexcept;

/// Where the initialisation section lies. Having one says that segments are fragmented MP4.
struct Map {
  std::string uri;
  std::optional<ByteRange> range;

  bool operator==(const Map&) const = default;
};

struct Part {
  std::string uri;
  Duration duration{};
  std::optional<ByteRange> range;
  bool independent = false;
  bool gap = false;

  bool operator==(const Part&) const = default;
};

struct Segment {
  std::string uri;
  Duration duration{};
  std::string title;
  std::optional<ByteRange> range;
  bool discontinuity = false; // towards the segment before
  bool gap = false;           // is listed, and cannot be had
  std::optional<WallTime> time;
  std::optional<std::uint32_t> key; // index into MediaPlaylist::keys; empty: not encrypted
  std::optional<std::uint32_t> map; // index into MediaPlaylist::maps
  std::vector<Part> parts;

  bool operator==(const Segment&) const = default;
};

enum class PlaylistType : std::uint8_t { Live, Event, Vod };

struct Start {
  Duration offset{}; // from the beginning; below zero from the end
  bool precise = false;

  bool operator==(const Start&) const = default;
};

struct ServerControl {
  std::optional<Duration> can_skip_until;
  std::optional<Duration> hold_back;
  std::optional<Duration> part_hold_back;
  bool can_block_reload = false;

  bool operator==(const ServerControl&) const = default;
};

/// The part that will be next, to be asked for before it is there.
struct PreloadHint {
  std::string uri;
  std::uint64_t offset = 0;
  std::optional<std::uint64_t> length; // empty: to the end

  bool operator==(const PreloadHint&) const = default;
};

struct MediaPlaylist {
  std::chrono::seconds target_duration{1};
  std::uint64_t media_sequence = 0; // of the first segment, skipped ones included
  std::uint64_t discontinuity_sequence = 0;
  PlaylistType type = PlaylistType::Live;
  bool independent_segments = false;
  bool ended = false; // EXT-X-ENDLIST
  std::optional<Start> start;
  std::optional<ServerControl> server_control;
  std::optional<Duration> part_target;
  std::uint64_t skipped = 0; // segments that a delta update leaves out, before segments.front()
  std::vector<Key> keys;     // in the order of their first use, neighbours different
  std::vector<Map> maps;     // likewise
  std::vector<Segment> segments;
  /// The segment that is still growing, with its parts: it has no address and no duration of its own yet.
  std::optional<Segment> open;
  std::optional<PreloadHint> preload;

  [[nodiscard]] std::uint64_t first_sequence() const noexcept { return media_sequence + skipped; }
  [[nodiscard]] std::uint64_t end_sequence() const noexcept { return first_sequence() + segments.size(); }
  /// No segment will be added.
  [[nodiscard]] bool complete() const noexcept { return ended || type == PlaylistType::Vod; }

  bool operator==(const MediaPlaylist&) const = default;
};

struct Resolution {
  std::uint32_t width = 0;
  std::uint32_t height = 0;

  bool operator==(const Resolution&) const = default;
};

struct Variant {
  std::string uri;
  std::uint64_t bandwidth = 0; // peak, bit/s; 0: not said
  std::optional<std::uint64_t> average_bandwidth;
  std::optional<Resolution> resolution;
  std::optional<double> frame_rate;
  std::string codecs; // RFC 6381, comma-separated; "": not said
  std::string audio;  // group of renditions that brings the sound; "": it is in the variant

  bool operator==(const Variant&) const = default;
};

enum class RenditionType : std::uint8_t { Audio, Video, Subtitles, ClosedCaptions };

struct Rendition {
  RenditionType type = RenditionType::Audio;
  std::string group;
  std::string name;
  std::string language;
  std::string uri; // "": carried inside the variants
  bool is_default = false;
  bool autoselect = false;

  bool operator==(const Rendition&) const = default;
};

struct MasterPlaylist {
  std::vector<Variant> variants;
  std::vector<Rendition> renditions;
  bool independent_segments = false;

  bool operator==(const MasterPlaylist&) const = default;
};

using Playlist = std::variant<MasterPlaylist, MediaPlaylist>;

} // namespace relevo::hls
