// SPDX-License-Identifier: LGPL-2.1-or-later
// PlaylistLoader: the media playlist of a stream, again and again.
#pragma once

#include "fetcher.hpp"
#include "hls/variant.hpp"

#include <functional>

namespace relevo::tshlssrc {

/// Goes through a master playlist once. Reloads from where a redirect led, as players do, because every
/// redirect may take another connection of the provider's; and from the address as it was named where that
/// fails, because tokens expire.
class PlaylistLoader {
 public:
  using Chosen = std::function<void(const hls::Variant&)>;

  /// `chosen` is told the variant when there was a choice.
  PlaylistLoader(const Settings& settings, Chosen chosen);

  /// The addresses in it are absolute.
  [[nodiscard]] tl::expected<hls::MediaPlaylist, Trouble> load(const gx::CancelToken& token);

 private:
  struct Page {
    std::string url; // that answered
    hls::Playlist playlist;
  };
  [[nodiscard]] tl::expected<Page, Trouble> read(const gx::CancelToken& token);
  [[nodiscard]] tl::expected<hls::MediaPlaylist, Trouble> fetch(const gx::CancelToken& token);
  [[nodiscard]] Failed choose(const hls::MasterPlaylist& master, const std::string& base);

  Fetcher fetcher_;
  Chosen chosen_;
  hls::VariantLimits limits_;
  std::string named_; // the address of the playlist
  std::string at_;    // where it is now
};

} // namespace relevo::tshlssrc
