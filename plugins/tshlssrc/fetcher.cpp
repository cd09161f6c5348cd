// SPDX-License-Identifier: LGPL-2.1-or-later
// Requests, and their failures by what they were for.
#include "fetcher.hpp"

#include "base/text.hpp"
#include "gstx/fetch_failure.hpp"
#include "hls/parse.hpp"
#include "ip/reach.hpp"

namespace relevo::tshlssrc {
namespace {

constexpr milliseconds kLongestFetch{10'000}; // of a playlist or a key
constexpr std::size_t kLook = 1024; // bytes in which a playlist has shown itself; a stream would never end
constexpr std::size_t kLongestKey = 4096; // more than any, so that it can be told how long it is

http::Request make_form(const Settings& settings) {
  http::Request form{.url = {}, .user_agent = settings.user_agent};
  for (const auto& [name, value] : settings.headers)
    form.headers.push_back({name, value});
  if (!settings.cookies.empty()) form.headers.push_back({"Cookie", settings.cookies});
  form.deadlines = {settings.connect_timeout, settings.first_byte_timeout, settings.stall_timeout,
                    kLongestFetch};
  return form;
}

tl::unexpected<Trouble> failed(const http::FetchError& error, std::string_view what) {
  return tl::unexpected(Trouble{gstx::failure_of(error, what)});
}

tl::unexpected<Trouble> refused(const http::Response& head, std::string_view what) {
  Trouble trouble{gstx::status_failure(head)};
  trouble.failure.message = concat(what, " failed: ", trouble.failure.message);
  return tl::unexpected(std::move(trouble));
}

} // namespace

Trouble refusal(const std::string& seen) {
  return {{policy::Failure::NotTransportStream,
           0,
           concat("The address gives ", seen,
                  ", which tshlssrc does not read; execsrc can play it by a command: "
                  "ffmpeg -i {streamUrl} -c copy -f mpegts -"),
           {}},
          true};
}

Trouble for_demuxer(const std::string& seen) {
  Trouble trouble = refusal(seen);
  trouble.failure.form = gstx::Form::Container;
  return trouble;
}

Fetcher::Fetcher(const Settings& settings)
    : client_({settings.proxy, settings.strict_tls, *ip::parse_reach(settings.reach)}),
      form_(make_form(settings)) {}

tl::expected<http::Response, Trouble> Fetcher::playlist(const std::string& url,
                                                        const gx::CancelToken& token) {
  http::Request request = form_;
  request.url = url;
  request.max_body_bytes = hls::kMaxPlaylistSize;
  http::Response seen;
  const auto wanted = [&seen](const http::Response& head, Bytes part) {
    if (seen.body.empty()) seen = head;
    seen.body += as_text(part);
    return !gstx::is_success(head.status) || seen.body.size() < kLook ||
           std::string_view(seen.body).substr(0, kLook).find("#EXTM3U") != std::string_view::npos;
  };
  auto got = client_.fetch(request, token, wanted);
  if (!got && got.error().kind != http::Failure::Aborted) return failed(got.error(), "The playlist");
  if (got) {
    got->body = std::move(seen.body);
    seen = std::move(*got);
  }
  if (!gstx::is_success(seen.status)) return refused(seen, "The playlist");
  return seen;
}

tl::expected<std::string, Trouble> Fetcher::key(const std::string& url, const gx::CancelToken& token) {
  http::Request request = form_;
  request.url = url;
  request.max_body_bytes = kLongestKey;
  auto got = client_.fetch(request, token);
  if (!got) return failed(got.error(), "The key of a segment");
  if (!gstx::is_success(got->status)) return refused(*got, "The key of a segment");
  return std::move(got->body);
}

tl::expected<http::Download, Trouble> Fetcher::segment(const std::string& url,
                                                       const std::optional<hls::ByteRange>& range,
                                                       const gx::CancelToken& token) {
  http::Request request = form_;
  request.url = url;
  request.deadlines.total = milliseconds::zero(); // as long as it comes
  if (range)
    request.headers.push_back(
        {"Range", concat("bytes=", range->offset, '-', range->offset + range->length - 1)});
  auto download = client_.open(request, token);
  if (!download) return failed(download.error(), "A segment");
  if (!gstx::is_success(download->head().status)) return refused(download->head(), "A segment");
  return std::move(*download);
}

} // namespace relevo::tshlssrc
