// SPDX-License-Identifier: LGPL-2.1-or-later
// SegmentLoader: segments and their keys, one after the other, into the queue.
#pragma once

#include "fetcher.hpp"
#include "hls/follower.hpp"
#include "paced_queue.hpp"
#include "segment_intake.hpp"

namespace relevo::tshlssrc {

class SegmentLoader {
 public:
  SegmentLoader(const Settings& settings, PacedQueue& queue) : fetcher_(settings), queue_(queue) {}

  /// Its bytes leave while it is still coming; a second attempt goes on where the first broke off.
  [[nodiscard]] Failed fetch(const hls::FetchSegment& order, const gx::CancelToken& token);

 private:
  [[nodiscard]] Failed read(http::Download& download, const std::optional<hls::ByteRange>& range,
                            SegmentIntake& intake);
  [[nodiscard]] tl::expected<aes::Key, Trouble> key_at(const std::string& url, const gx::CancelToken& token);

  Fetcher fetcher_;
  PacedQueue& queue_;
  std::uint64_t delivered_ = 0; // bytes of this segment
  std::string key_url_;
  aes::Key key_{}; // of key_url_
  std::vector<std::byte> block_ = std::vector<std::byte>(64 * 1024);
};

} // namespace relevo::tshlssrc
