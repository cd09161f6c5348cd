// SPDX-License-Identifier: LGPL-2.1-or-later
// From the address of a stream to its media playlist.
#include "playlist_loader.hpp"

#include "base/text.hpp"
#include "hls/parse.hpp"
#include "uri/redact.hpp"
#include "uri/resolve.hpp"

#include <utility>

namespace relevo::tshlssrc {
namespace {

using policy::Failure;

Trouble no_playlist(const std::string& what, const std::string& url) {
  return {{Failure::NotTransportStream,
           0,
           concat("The playlist failed: ", uri::redact_text(what), " (", uri::redact_url(url), ")"),
           {}}};
}

Failed check(const hls::MediaPlaylist& playlist) {
  if (!playlist.maps.empty()) return for_demuxer("segments of fragmented MP4 (EXT-X-MAP)");
  for (const hls::Key& key : playlist.keys) {
    if (key.method == hls::KeyMethod::SampleAes) return refusal("samples encrypted one by one (SAMPLE-AES)");
    if (key.method == hls::KeyMethod::Other) return refusal("an encryption other than AES-128");
  }
  return {};
}

void resolve(hls::MediaPlaylist& playlist, const std::string& base) {
  for (hls::Segment& segment : playlist.segments)
    segment.uri = uri::resolve_reference(base, segment.uri);
  for (hls::Key& key : playlist.keys)
    key.uri = uri::resolve_reference(base, key.uri);
}

} // namespace

PlaylistLoader::PlaylistLoader(const Settings& settings, Chosen chosen)
    : fetcher_(settings), chosen_(std::move(chosen)), named_(settings.location), at_(settings.location) {
  if (settings.max_bandwidth > 0) limits_.max_bandwidth = settings.max_bandwidth;
  if (settings.max_height > 0) limits_.max_height = settings.max_height;
}

tl::expected<hls::MediaPlaylist, Trouble> PlaylistLoader::load(const gx::CancelToken& token) {
  auto playlist = fetch(token);
  if (!playlist) at_ = named_;
  return playlist;
}

tl::expected<hls::MediaPlaylist, Trouble> PlaylistLoader::fetch(const gx::CancelToken& token) {
  auto page = read(token);
  if (!page) return tl::unexpected(std::move(page.error()));
  if (const auto* master = std::get_if<hls::MasterPlaylist>(&page->playlist)) {
    if (auto failed = choose(*master, page->url)) return tl::unexpected(std::move(*failed));
    page = read(token);
    if (!page) return tl::unexpected(std::move(page.error()));
  }
  auto* media = std::get_if<hls::MediaPlaylist>(&page->playlist);
  if (!media) return tl::unexpected(no_playlist("a variant is a master playlist again", page->url));
  if (auto failed = check(*media)) return tl::unexpected(std::move(*failed));
  resolve(*media, page->url);
  at_ = std::move(page->url);
  return std::move(*media);
}

tl::expected<PlaylistLoader::Page, Trouble> PlaylistLoader::read(const gx::CancelToken& token) {
  const auto answer = fetcher_.playlist(at_, token);
  if (!answer) return tl::unexpected(answer.error());
  if (answer->body.find("<MPD") != std::string::npos) return tl::unexpected(for_demuxer("a DASH manifest"));
  auto parsed = hls::parse_playlist(answer->body);
  if (!parsed) return tl::unexpected(no_playlist(parsed.error().message, answer->url));
  return Page{answer->url, std::move(parsed->playlist)};
}

Failed PlaylistLoader::choose(const hls::MasterPlaylist& master, const std::string& base) {
  const auto index = hls::choose_variant(master, limits_);
  if (!index)
    return Trouble{{Failure::NotTransportStream, 0, "The playlist failed: it lists no variant", {}}};
  const hls::Variant& variant = master.variants[*index];
  if (hls::has_separate_audio(master, variant))
    return for_demuxer("the sound in a playlist of its own (EXT-X-MEDIA)");
  named_ = at_ = uri::resolve_reference(base, variant.uri);
  chosen_(variant);
  return {};
}

} // namespace relevo::tshlssrc
