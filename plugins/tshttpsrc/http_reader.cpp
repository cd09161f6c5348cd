// SPDX-License-Identifier: LGPL-2.1-or-later
// Opening, the rhythm of reading, and the proof that it is a transport stream.
#include "http_reader.hpp"

#include "base/text.hpp"
#include "gstx/fetch_failure.hpp"
#include "uri/redact.hpp"

namespace relevo::tshttpsrc {
namespace {

using policy::Failure;

constexpr std::chrono::milliseconds kTick{50};
/// After so many ticks without a byte it pays to be woken by the next one.
constexpr unsigned kPatience = 4;

gstx::SourceFailure failure_of(const http::FetchError& error) {
  return gstx::failure_of(error, "The stream");
}

/// In which another element can read it. Radio stations send sound that says nothing of itself.
std::optional<gstx::Form> form_of(ts::Content content, std::string_view type) {
  if (content == ts::Content::Playlist) return gstx::Form::Playlist;
  const bool radio = content == ts::Content::Other && type.starts_with("audio/");
  return radio || is_media(content) ? std::optional(gstx::Form::Container) : std::nullopt;
}

} // namespace

HttpReader::HttpReader(http::ClientOptions options, http::Request request, Opened opened)
    : request_(std::move(request)), opened_(std::move(opened)), client_(std::move(options)) {}

tl::expected<std::size_t, gstx::SourceFailure> HttpReader::read(MutableBytes room,
                                                                const gx::CancelToken& token) {
  if (!download_) {
    if (auto failed = open(token)) return tl::unexpected(std::move(*failed));
  }
  if (!proof_.proven()) return read_first(room);
  const http::Got got = read_on_tick(room);
  if (!got) return tl::unexpected(failure_of(got.error()));
  plan_next(*got == room.size());
  return *got;
}

/// Nothing is handed on before it is known to be a transport stream.
tl::expected<std::size_t, gstx::SourceFailure> HttpReader::read_first(MutableBytes room) {
  std::size_t size = 0;
  while (!proof_.proven()) {
    if (size == room.size()) size = 0; // so much that is none in front of a stream is of no use
    const http::Got got = download_->read(room.subspan(size));
    if (!got) return tl::unexpected(failure_of(got.error()));
    if (auto failed = check(room.subspan(size, *got))) return tl::unexpected(std::move(*failed));
    size += *got;
  }
  plan_next(size == room.size());
  return size;
}

void HttpReader::plan_next(bool full) {
  next_read_ = full ? Clock::time_point{} : Clock::now() + kTick;
}

http::Got HttpReader::read_on_tick(MutableBytes room) {
  for (unsigned tick = 0; tick < kPatience; ++tick) {
    if (!pause_->wait_until(next_read_)) return 0;
    if (auto got = download_->read_now(room)) return *got;
    next_read_ = Clock::now() + kTick;
  }
  return download_->read(room);
}

HttpReader::Failed HttpReader::open(const gx::CancelToken& token) {
  auto download = client_.open(request_, token);
  if (!download) return failure_of(download.error());
  const http::Response& head = download->head();
  if (!gstx::is_success(head.status)) return gstx::status_failure(head);
  download_ = std::move(*download);
  pause_.emplace(token);
  opened_(download_->head());
  return {};
}

/// `bytes` empty: the end.
HttpReader::Failed HttpReader::check(Bytes bytes) {
  const auto seen = bytes.empty() ? proof_.finish() : proof_.push(bytes);
  if (!seen) return {};
  const http::Response& head = download_->head();
  const auto type = http::find_header(head.headers, "Content-Type").value_or("no type");
  return gstx::SourceFailure{Failure::NotTransportStream,
                             0,
                             concat("What came is no MPEG transport stream, but ", describe(*seen), " (",
                                    type, ", ", uri::redact_url(head.url), ")"),
                             {},
                             form_of(*seen, type)};
}

} // namespace relevo::tshttpsrc
