// SPDX-License-Identifier: LGPL-2.1-or-later
// Calls, their redirects, and what their failures mean.
#include "engine_client.hpp"

#include "base/text.hpp"
#include "http/url.hpp"
#include "uri/redact.hpp"
#include "uri/resolve.hpp"

#include <optional>

namespace relevo::acestreamsrc {
namespace {

using ace::Trouble;
using std::chrono::milliseconds;

constexpr std::size_t kMostBytes = std::size_t{256} << 10; // of a reply
constexpr unsigned kMostRedirects = 5;
constexpr milliseconds kPollLimit{3000};
constexpr milliseconds kStopLimit{3000};

CallError refuse(Trouble trouble, std::string detail, int status = 0) {
  return {{trouble, status, std::move(detail)}, false, false};
}

CallError error_of(const ace::ReplyError& error) {
  const bool refused = error.kind == ace::ReplyError::Kind::Refused;
  return {{refused ? Trouble::Refused : Trouble::BadReply, 0, uri::redact_text(error.text)},
          ace::is_unknown_session(error),
          false};
}

template <class T>
Answer<T> answer_of(ace::Reply<T> reply) {
  if (!reply) return tl::unexpected(error_of(reply.error()));
  return std::move(*reply);
}

bool is_success(unsigned status) {
  return status >= 200 && status <= 299;
}

/// Where an answer sends us, if it does.
std::optional<std::string> target_of(const http::Response& head) {
  if (!http::is_redirect(head.status)) return std::nullopt;
  const auto location = http::find_header(head.headers, "Location");
  if (!location) return std::nullopt;
  return uri::resolve_reference(head.url, *location);
}

const http::Response& head_of(const http::Response& response) {
  return response;
}
const http::Response& head_of(const http::Download& download) {
  return download.head();
}

} // namespace

CallError error_of(const http::FetchError& error) {
  using enum http::Failure;
  const auto trouble = [&error] {
    switch (error.kind) {
    case FirstByteTimeout:
    case TotalTimeout:
    case Disconnected: return Trouble::NoAnswer;
    case Stalled: return Trouble::Stalled;
    case Truncated: return Trouble::Truncated;
    case BadResponse:
    case Redirect:
    case TooLarge: return Trouble::BadReply;
    default: return Trouble::Unreachable;
    }
  };
  return {{trouble(), 0, error.message}, false, error.kind == FirstByteTimeout || error.kind == TotalTimeout};
}

http::Request EngineClient::make_request(const std::string& url, milliseconds limit) const {
  http::Request request{.url = url, .user_agent = "Relevo/" RELEVO_VERSION};
  request.max_body_bytes = kMostBytes;
  request.max_redirects = 0; // follow() walks along them
  request.deadlines = {connect_, limit, milliseconds::zero(), milliseconds::zero()};
  return request;
}

/// `call` makes the request.
template <class T, class Call>
tl::expected<T, http::FetchError> EngineClient::follow(http::Request request, Call call) const {
  const auto refused = [&request](const std::string& detail) {
    return tl::unexpected(
        http::FetchError{http::Failure::Redirect, concat(detail, " (", uri::redact_url(request.url), ")")});
  };
  for (unsigned redirects = 0;; ++redirects) {
    tl::expected<T, http::FetchError> answer = call(request);
    if (!answer) return answer;
    const auto target = target_of(head_of(*answer));
    if (!target) return answer;
    if (redirects == kMostRedirects) return refused("redirect: too many");
    const auto next = ace::rebase(engine_, *target);
    if (!next) return refused("redirect: " + next.error().message);
    request.url = *next;
  }
}

Answer<std::string> EngineClient::fetch(const std::string& url, milliseconds limit,
                                        const gx::CancelToken& token) {
  auto request = make_request(url, limit);
  request.deadlines.total = limit + connect_;
  auto response = follow<http::Response>(std::move(request),
                                         [&](const http::Request& r) { return client_.fetch(r, token); });
  if (!response) return tl::unexpected(error_of(response.error()));
  if (is_success(response->status)) return std::move(response->body);
  // Some say in words why.
  const auto words = ace::read_done(response->body);
  if (!words && words.error().kind == ace::ReplyError::Kind::Refused)
    return tl::unexpected(error_of(words.error()));
  return tl::unexpected(
      refuse(Trouble::Status, concat("it answered ", response->status), static_cast<int>(response->status)));
}

Answer<std::string> EngineClient::resolve(const std::string& content_id, milliseconds limit,
                                          const gx::CancelToken& token) {
  return fetch(ace::resolve_url(engine_, content_id), limit, token).and_then([](const std::string& body) {
    return answer_of(ace::read_infohash(body));
  });
}

Answer<ace::Opened> EngineClient::start(const ace::Content& content, const std::string& pid,
                                        milliseconds limit, const gx::CancelToken& token) {
  return fetch(ace::start_url(engine_, content, pid), limit, token).and_then([this](const std::string& body) {
    return answer_of(ace::read_opened(body)).and_then([this](ace::Opened opened) {
      return rebase(std::move(opened));
    });
  });
}

Answer<ace::Opened> EngineClient::rebase(ace::Opened opened) const {
  for (std::string* url : {&opened.playback_url, &opened.command_url, &opened.stat_url, &opened.event_url}) {
    if (url->empty()) continue;
    auto rebased = ace::rebase(engine_, *url);
    if (!rebased) return tl::unexpected(refuse(Trouble::BadReply, rebased.error().message));
    *url = std::move(*rebased);
  }
  return opened;
}

Answer<ace::Statistics> EngineClient::statistics(const std::string& url, const gx::CancelToken& token) {
  return fetch(url, kPollLimit, token).and_then([](const std::string& body) {
    return answer_of(ace::read_statistics(body));
  });
}

Answer<ace::Notice> EngineClient::listen(const std::string& url, milliseconds limit,
                                         const gx::CancelToken& token) {
  const auto body = fetch(url, limit, token);
  if (body) return answer_of(ace::read_notice(*body));
  if (body.error().timed_out) return ace::Notice{};
  return tl::unexpected(body.error());
}

Answer<bool> EngineClient::stop(const std::string& command_url, const gx::CancelToken& token) {
  auto done = fetch(ace::stop_url(command_url), kStopLimit, token).and_then([](const std::string& body) {
    return answer_of(ace::read_done(body));
  });
  if (!done && done.error().unknown_session) return true;
  return done;
}

Answer<http::Download> EngineClient::open(const std::string& url, milliseconds limit,
                                          const gx::CancelToken& token) {
  auto download = follow<http::Download>(make_request(url, limit),
                                         [&](const http::Request& r) { return client_.open(r, token); });
  if (!download) return tl::unexpected(error_of(download.error()));
  const unsigned status = download->head().status;
  if (is_success(status)) return std::move(*download);
  return tl::unexpected(
      refuse(Trouble::Status, concat("the stream was answered with ", status), static_cast<int>(status)));
}

} // namespace relevo::acestreamsrc
