// SPDX-License-Identifier: LGPL-2.1-or-later
// Fetcher: every request of this element, for playlists, segments and keys, with the same headers.
#pragma once

#include "hls/playlist.hpp"
#include "http/client.hpp"
#include "settings.hpp"
#include "trouble.hpp"

namespace relevo::tshlssrc {

/// For one thread. What fails says what it was for.
class Fetcher {
 public:
  explicit Fetcher(const Settings& settings);

  /// A playlist, or the beginning of whatever came instead.
  [[nodiscard]] tl::expected<http::Response, Trouble> playlist(const std::string& url,
                                                               const gx::CancelToken& token);
  [[nodiscard]] tl::expected<std::string, Trouble> key(const std::string& url, const gx::CancelToken& token);
  /// To be read before the next request.
  [[nodiscard]] tl::expected<http::Download, Trouble>
  segment(const std::string& url, const std::optional<hls::ByteRange>& range, const gx::CancelToken& token);

 private:
  http::Client client_;
  http::Request form_; // of which every request is a copy
};

} // namespace relevo::tshlssrc
