// SPDX-License-Identifier: LGPL-2.1-or-later
// Requests for segments, ranges cut out of whole resources, keys.
#include "segment_loader.hpp"

#include "base/text.hpp"
#include "gstx/fetch_failure.hpp"

#include <algorithm>
#include <limits>

namespace relevo::tshlssrc {
namespace {

using policy::Failure;

/// What of a body is the segment.
struct Slice {
  std::uint64_t skip = 0;
  std::uint64_t left = std::numeric_limits<std::uint64_t>::max();

  Bytes cut(Bytes bytes) {
    const auto before = std::min<std::uint64_t>(skip, bytes.size());
    const Bytes part = bytes.subspan(before).first(std::min<std::uint64_t>(left, bytes.size() - before));
    skip -= before;
    left -= part.size();
    return part;
  }
};

/// Servers that know no ranges send everything.
bool sends_all(const std::optional<hls::ByteRange>& range, unsigned status) {
  constexpr unsigned kPartialContent = 206;
  return range && status != kPartialContent;
}

} // namespace

Failed SegmentLoader::fetch(const hls::FetchSegment& order, const gx::CancelToken& token) {
  if (order.attempt == 1) delivered_ = 0;
  std::optional<aes::CbcDecryptor> decryptor;
  if (order.key) {
    const auto key = key_at(order.key->uri, token);
    if (!key) return key.error();
    decryptor.emplace(*key, *order.key->iv);
  }
  auto download = fetcher_.segment(order.segment.uri, order.segment.range, token);
  if (!download) return std::move(download.error());
  const bool follows = !order.discontinuity && !order.after_hole;
  SegmentIntake intake(std::move(decryptor), delivered_, [&](std::vector<std::byte> bytes) {
    const std::size_t size = bytes.size();
    if (queue_.push(std::move(bytes), follows || delivered_ > 0, token)) delivered_ += size;
  });
  return read(*download, order.segment.range, intake);
}

Failed SegmentLoader::read(http::Download& download, const std::optional<hls::ByteRange>& range,
                           SegmentIntake& intake) {
  const bool all_comes = sends_all(range, download.head().status);
  Slice slice;
  if (all_comes) slice.skip = range->offset;
  if (range) slice.left = range->length;
  while (slice.left > 0 || !all_comes) {
    const auto got = download.read(block_);
    if (!got) return Trouble{gstx::failure_of(got.error(), "A segment")};
    if (*got == 0) break;
    if (auto failed = intake.push(slice.cut(Bytes(block_).first(*got)))) return failed;
  }
  if (range && slice.left > 0)
    return Trouble{{Failure::Truncated, 0, "A segment failed: its range is not all there", {}}};
  return intake.finish();
}

tl::expected<aes::Key, Trouble> SegmentLoader::key_at(const std::string& url, const gx::CancelToken& token) {
  if (url == key_url_) return key_;
  const auto key = fetcher_.key(url, token);
  if (!key) return tl::unexpected(key.error());
  if (key->size() != key_.size())
    return tl::unexpected(
        Trouble{{Failure::Other,
                 0,
                 concat("The key of a segment failed: it has ", key->size(), " bytes, not 16"),
                 {}}});
  std::ranges::transform(*key, key_.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
  key_url_ = url;
  return key_;
}

} // namespace relevo::tshlssrc
