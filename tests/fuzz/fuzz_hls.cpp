// SPDX-License-Identifier: LGPL-2.1-or-later
// Playlists of any text: what is read is inside its bounds and can be written and read again, a variant that
// is chosen is there, and a follower that gets one playlist after the other asks for nothing that was not
// listed. Input: a byte that decides how each fetch ends, then playlists with CUT! between them.
#include "fuzz.hpp"
#include "hls/follower.hpp"
#include "hls/parse.hpp"
#include "hls/variant.hpp"
#include "hls/write.hpp"

using namespace relevo;
using namespace relevo::hls;
using relevo::fuzz::require;

namespace {

bool in_bounds(Duration duration) {
  return duration >= Duration::zero() && duration <= kMaxDuration;
}

void check_values(const MediaPlaylist& playlist) {
  require(playlist.target_duration.count() > 0 && in_bounds(playlist.target_duration));
  require(playlist.end_sequence() >= playlist.media_sequence);
  for (const auto& segment : playlist.segments) {
    require(!segment.uri.empty() && in_bounds(segment.duration));
    require(!segment.key || *segment.key < playlist.keys.size());
    require(!segment.map || *segment.map < playlist.maps.size());
  }
}

void write_and_read(const MediaPlaylist& playlist) {
  const auto again = parse_playlist(write_media_playlist(playlist));
  require(again.has_value());
  const auto* media = std::get_if<MediaPlaylist>(&again->playlist);
  require(media && *media == playlist);
}

void choose(const MasterPlaylist& master) {
  for (const VariantLimits& limits : {VariantLimits{}, VariantLimits{1'000'000, 720}}) {
    const auto index = choose_variant(master, limits);
    require(index.has_value() == !master.variants.empty());
    require(!index || *index < master.variants.size());
  }
}

/// Answers a follower's requests, and holds it to its promises.
class Performer {
 public:
  explicit Performer(std::uint8_t luck) : luck_(luck) {}

  void give(const MediaPlaylist& playlist) {
    perform(follower_.step(PlaylistLoaded{playlist, now_}, now_));
    // At least one fetch stays open now and then, across the next playlist.
    for (int i = 0; fetching_ && i < luck_ % 16; ++i) {
      fetching_ = false;
      const bool fails = luck_ >> (i % 8) & 1;
      perform(follower_.step(fails ? FollowerEvent{SegmentFailed{}} : FollowerEvent{SegmentFetched{}}, now_));
    }
    now_ += std::chrono::seconds(luck_ % 8);
  }

 private:
  void perform(const std::vector<FollowerAction>& actions) {
    for (const auto& action : actions) {
      require(!ended_);
      if (const auto* fetch = std::get_if<FetchSegment>(&action)) {
        require(!fetching_ && !fetch->segment.uri.empty() && fetch->at >= now_);
        require(fetch->key.has_value() == fetch->segment.key.has_value());
        require(!fetch->key || fetch->key->iv);
        fetching_ = true;
      } else if (const auto* load = std::get_if<LoadPlaylist>(&action)) {
        require(load->at >= now_);
      } else if (std::holds_alternative<EndOfStream>(action)) {
        ended_ = true;
      }
    }
  }

  Follower follower_;
  std::uint8_t luck_;
  Instant now_{};
  bool fetching_ = false;
  bool ended_ = false;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  Performer performer(fuzz::take_byte(input));
  while (!input.empty()) {
    const auto parsed = parse_playlist(as_text(fuzz::take_packet(input)));
    if (!parsed) continue;
    require(parsed->notes.size() == std::min(parsed->faults, kMaxNotes));
    if (const auto* master = std::get_if<MasterPlaylist>(&parsed->playlist)) {
      choose(*master);
      continue;
    }
    const auto& media = std::get<MediaPlaylist>(parsed->playlist);
    check_values(media);
    write_and_read(media);
    performer.give(media);
  }
  return 0;
}
