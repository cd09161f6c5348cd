// SPDX-License-Identifier: LGPL-2.1-or-later
// Publishes segments as their time comes and writes the playlist of the window.
#include "provider/hls_session.hpp"

#include "provider/pacer.hpp"

#include <cmath>
#include <cstdio>
#include <openssl/evp.h>
#include <stdexcept>

namespace relevo::provider {
namespace {

constexpr std::size_t kGrace = 3; // segments that can still be fetched when they have left the playlist
constexpr std::size_t kCipherBlock = 16;

std::string encrypt(Bytes plain, const std::string& key, std::uint64_t sequence) {
  std::array<std::byte, kCipherBlock> vector{};
  store_be32(vector.data() + 8, static_cast<std::uint32_t>(sequence >> 32));
  store_be32(vector.data() + 12, static_cast<std::uint32_t>(sequence));
  const auto bytes = [](const auto* p) { return reinterpret_cast<const unsigned char*>(p); };
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context{EVP_CIPHER_CTX_new(),
                                                                                &EVP_CIPHER_CTX_free};
  std::string out(plain.size() + kCipherBlock, '\0');
  auto* to = reinterpret_cast<unsigned char*>(out.data());
  int size = 0, rest = 0;
  if (!context ||
      EVP_EncryptInit_ex(context.get(), EVP_aes_128_cbc(), nullptr, bytes(key.data()),
                         bytes(vector.data())) != 1 ||
      EVP_EncryptUpdate(context.get(), to, &size, bytes(plain.data()), static_cast<int>(plain.size())) != 1 ||
      EVP_EncryptFinal_ex(context.get(), to + size, &rest) != 1)
    throw std::runtime_error("cannot encrypt");
  out.resize(static_cast<std::size_t>(size + rest));
  return out;
}

std::string fixed(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", value);
  return text.data();
}

} // namespace

HlsSession::HlsSession(StreamFaults faults, HlsSettings settings, Clock::time_point begin)
    : faults_(std::move(faults)),
      settings_(settings),
      begin_(begin),
      loop_(faults_.content({begin}), settings.seed) {}

Moment HlsSession::moment(Clock::time_point wall) const {
  return {wall, Seconds{wall - begin_} * settings_.speed};
}

std::string HlsSession::playlist(Moment now, const std::string& folder, const std::string& query) {
  const std::lock_guard lock(mutex_);
  const bool stale = settings_.complete || faults_.active(FaultKind::StalePlaylist, now);
  if (segments_.empty() || !stale) advance(now);
  std::string text = write_playlist(folder, query);
  if (faults_.active(FaultKind::Fmp4, now))
    text.insert(text.find("#EXTINF"), "#EXT-X-MAP:URI=\"init.mp4\"\n");
  return text;
}

std::optional<std::string> HlsSession::segment(std::uint64_t sequence, Moment now) {
  const std::lock_guard lock(mutex_);
  if (befalls(FaultKind::MissingSegments, sequence, now)) return std::nullopt;
  // The newest of that number: numbering may have begun again.
  const auto found = std::find_if(segments_.rbegin(), segments_.rend(),
                                  [&](const Segment& segment) { return segment.sequence == sequence; });
  return found == segments_.rend() || found->gap ? std::nullopt : std::optional{bytes_of(*found)};
}

bool HlsSession::befalls(FaultKind every_nth, std::uint64_t sequence, Moment now) const {
  const auto fault = faults_.active(every_nth, now);
  return fault && fault->number >= 1 && (sequence + 1) % static_cast<std::uint64_t>(fault->number) == 0;
}

std::optional<std::string> HlsSession::range(std::size_t first, std::size_t last, Moment now) {
  const std::lock_guard lock(mutex_);
  advance(now);
  if (segments_.empty() || first < segments_.front().offset || last >= next_offset_) return std::nullopt;
  std::string out;
  for (const Segment& segment : segments_) {
    if (segment.offset > last || segment.offset + segment.size <= first) continue;
    const std::size_t from = first > segment.offset ? first - segment.offset : 0;
    out += bytes_of(segment).substr(from, last - segment.offset - from + 1);
  }
  return out;
}

void HlsSession::advance(Moment now) {
  const Seconds ahead = settings_.target * static_cast<double>(settings_.at_start);
  if (settings_.complete && !segments_.empty()) return;
  for (;;) {
    const Seconds due = std::max(Seconds{0}, to_seconds(loop_.time()) + settings_.target - ahead);
    if (due > now.stream) return;
    append({begin_ + std::chrono::duration_cast<Clock::duration>(due / settings_.speed), due});
    slide();
  }
}

void HlsSession::append(Moment published) {
  const Content content = faults_.content(published);
  const auto clip = faults_.active(FaultKind::Clip, published);
  const std::string mark = (clip ? clip->text : "") + "|" + std::to_string(content.jump) + "|" +
                           std::to_string(content.other_pids);
  const bool renumber = faults_.active(FaultKind::SequenceReset, published) && !renumbered_;
  const bool is_break = renumber || (mark != break_mark_ && !segments_.empty());
  break_mark_ = mark;
  if (renumber) {
    renumbered_ = true;
    next_sequence_ = 0;
    hidden_ = segments_.size();
  }
  loop_.set(content);
  const bool gap = befalls(FaultKind::Gap, next_sequence_, published);
  Segment segment{next_sequence_++, loop_, {}, next_offset_, 0, is_break, gap};
  std::vector<std::byte> bytes;
  loop_.announce(bytes);
  loop_.fill_segment(bytes, to_pcr(settings_.target));
  segment.duration = to_seconds(loop_.time() - segment.start.time());
  segment.size = settings_.encrypted ? (bytes.size() / kCipherBlock + 1) * kCipherBlock : bytes.size();
  next_offset_ += segment.size;
  longest_ = std::max(longest_, segment.duration);
  segments_.push_back(std::move(segment));
}

void HlsSession::slide() {
  while (segments_.size() - hidden_ > settings_.window)
    discontinuities_gone_ += segments_[hidden_++].discontinuity;
  while (hidden_ > kGrace) {
    segments_.pop_front();
    --hidden_;
  }
}

std::string HlsSession::bytes_of(const Segment& segment) const {
  MediaLoop loop = segment.start;
  std::vector<std::byte> bytes;
  bytes.reserve(segment.size);
  loop.announce(bytes);
  loop.fill_segment(bytes, to_pcr(settings_.target));
  return settings_.encrypted ? encrypt(bytes, key(), segment.sequence) : std::string{as_text(bytes)};
}

std::string HlsSession::write_playlist(const std::string& folder, const std::string& query) const {
  std::string text = "#EXTM3U\n#EXT-X-VERSION:" + std::string{settings_.byte_ranges ? "4" : "3"} +
                     "\n#EXT-X-TARGETDURATION:" + std::to_string(std::lround(longest_.count())) +
                     "\n#EXT-X-MEDIA-SEQUENCE:" + std::to_string(segments_[hidden_].sequence) +
                     "\n#EXT-X-DISCONTINUITY-SEQUENCE:" + std::to_string(discontinuities_gone_) + "\n";
  if (settings_.encrypted) text += "#EXT-X-KEY:METHOD=AES-128,URI=\"" + folder + "key" + query + "\"\n";
  for (std::size_t i = hidden_; i < segments_.size(); ++i) {
    const Segment& segment = segments_[i];
    if (segment.discontinuity) text += "#EXT-X-DISCONTINUITY\n";
    if (segment.gap) text += "#EXT-X-GAP\n";
    text += "#EXTINF:" + fixed(segment.duration.count()) + ",\n";
    if (settings_.byte_ranges)
      text += "#EXT-X-BYTERANGE:" + std::to_string(segment.size) + "@" + std::to_string(segment.offset) +
              "\n" + folder + "all.ts" + query + "\n";
    else
      text += folder + std::to_string(segment.sequence) + ".ts" + query + "\n";
  }
  if (settings_.complete) text += "#EXT-X-ENDLIST\n";
  return text;
}

} // namespace relevo::provider
