// SPDX-License-Identifier: LGPL-2.1-or-later
// From requests to HLS guests, and from what they get to answers.
#include "app/hls_routes.hpp"

#include "base/text.hpp"
#include "hls/serve.hpp"
#include "hls/write.hpp"
#include "net/url.hpp"

#include <algorithm>
#include <utility>

namespace relevo::app {
namespace {

using net::Reply;
using net::Request;
using net::Response;
using sessions::HlsGuest;
using sessions::HlsServed;
using sessions::Refused;

constexpr std::string_view kViewer = "viewer", kMsn = "_HLS_msn", kPart = "_HLS_part", kSkip = "_HLS_skip";
constexpr const char* kPlaylistType = "application/vnd.apple.mpegurl";
constexpr const char* kFileType = "video/mp2t";

/// Pages of other servers may play.
void open_to_pages(Response& response) {
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
}

Response playlist_response(std::string text) {
  Response response;
  response.body = std::move(text);
  response.content_type = kPlaylistType;
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

/// Of a player that only looks: it starts nothing.
Response playlist_head() {
  auto response = playlist_response("");
  response.headers.emplace_back("Content-Type", kPlaylistType);
  open_to_pages(response);
  return response;
}

/// That of a request. Where a login stands in its path, which does not go along, the token takes its place.
net::Fields query_to_pass_on(const Request& request) {
  auto query = request.query;
  if (request.parameters.front().first == "username") query.emplace_back("token", request.asker.stream_token);
  return query;
}

/// Of everything that an answer leads to.
std::string query_of(const net::Fields& asked, const std::string& key) {
  std::string query;
  const auto add = [&query](std::string_view name, std::string_view value) {
    if (!query.empty()) query += '&';
    query += concat(net::percent_encode(name), '=', net::percent_encode(value));
  };
  if (!key.empty()) add(kViewer, key);
  for (const auto& [name, value] : asked)
    if (name != kViewer && name != kMsn && name != kPart && name != kSkip) add(name, value);
  return query;
}

HlsGuest make_guest(const Request& request, const Reply& reply, HlsGuest::Wish wish) {
  HlsGuest guest;
  guest.wish = wish;
  guest.who = {request.peer, std::string(request.header("User-Agent")), request.asker.name};
  guest.priority = request.asker.priority;
  guest.key = request.query_value(kViewer).value_or("");
  guest.low_latency = request.query_value("latency") == "low";
  guest.msn = request.query_value(kMsn);
  guest.part = request.query_value(kPart);
  guest.gone = reply.gone();
  return guest;
}

std::string write_entrance(const HlsServed& served, const std::string& to_stream, const std::string& query) {
  hls::Variant variant;
  variant.uri = concat(to_stream, net::percent_encode(served.channel), "/live.m3u8");
  if (!query.empty()) variant.uri += concat('?', query);
  variant.bandwidth = std::max<std::uint64_t>(served.edition->bandwidth, 1);
  hls::MasterPlaylist master;
  master.independent_segments = true;
  master.variants.push_back(std::move(variant));
  return write_master_playlist(master);
}

} // namespace

Response answer_for(const Refused& refused) {
  if (!refused.location.empty()) {
    Response elsewhere;
    elsewhere.status = static_cast<unsigned>(refused.status);
    elsewhere.headers.emplace_back("Location", refused.location);
    return elsewhere;
  }
  const char* code = "failed";
  if (refused.status == 400) code = "invalid";
  if (refused.status == 404) code = "not-found";
  if (refused.status == 410) code = "gone";
  if (refused.status == 503) code = "unavailable";
  auto response = net::error_response(static_cast<unsigned>(refused.status), code, refused.reason);
  if (refused.retry_after.count() > 0)
    response.headers.emplace_back("Retry-After", std::to_string(refused.retry_after.count()));
  if (refused.cause != sessions::Cause::None)
    response.headers.emplace_back("X-Relevo-Cause", std::string(name_of(refused.cause)));
  return response;
}

std::string reference_of(const Request& request) {
  const auto& [name, value] = request.parameters.back();
  if (name == "id") return concat("id:", value);
  return request.parameter("channel");
}

HlsRoutes::HlsRoutes(net::Server& server, sessions::Sessions& sessions, Doorkeeper& doorkeeper)
    : server_(server), sessions_(sessions), doorkeeper_(doorkeeper) {
  serve_entrance("/stream/{channel}.m3u8", "");
  serve_entrance("/channel/{channel}/stream.m3u8", "../../stream/");
  // As players of panels have them.
  serve_entrance("/live/{username}/{password}/{id:number}.m3u8", "../../../stream/");
  serve_entrance("/{username}/{password}/{id:number}.m3u8", "../../stream/");
  serve_playlist();
  serve_file();
}

void HlsRoutes::serve_entrance(const std::string& pattern, const std::string& to_stream) {
  const auto handler = [this, to_stream](const Request& request, Reply reply) {
    if (request.head_only) return std::move(reply).send(playlist_head());
    const auto guest = make_guest(request, reply, HlsGuest::Wish::Entrance);
    ask(request, std::move(reply), guest,
        [query = query_to_pass_on(request), to_stream](const HlsServed& served) {
          return playlist_response(write_entrance(served, to_stream, query_of(query, served.key)));
        });
  };
  server_.serve({net::Method::Get, pattern,
                 "a channel as HLS: its uuid, number or id; latency=low for parts of segments", handler,
                 net::Access::Player});
}

void HlsRoutes::serve_playlist() {
  const auto handler = [this](const Request& request, Reply reply) {
    if (request.head_only) return std::move(reply).send(playlist_head());
    const auto guest = make_guest(request, reply, HlsGuest::Wish::Playlist);
    ask(request, std::move(reply), guest,
        [query = request.query, low = guest.low_latency](const HlsServed& served) {
          const auto& playlist = low ? served.edition->low_latency : served.edition->plain;
          return playlist_response(
              hls::write_media_playlist(hls::with_query(playlist, query_of(query, served.key))));
        });
  };
  server_.serve({net::Method::Get, "/stream/{channel}/live.m3u8", "the segments of a channel, as HLS",
                 handler, net::Access::Player});
}

void HlsRoutes::serve_file() {
  const auto handler = [this](const Request& request, Reply reply) {
    auto guest = make_guest(request, reply, HlsGuest::Wish::File);
    guest.file = request.parameter("file");
    ask(request, std::move(reply), std::move(guest), [name = guest.file](HlsServed served) {
      Response response;
      response.content_type = kFileType;
      response.blocks = std::move(served.file);
      response.held = std::move(served.ticket);
      response.etag = name; // which is that of no other file
      response.headers.emplace_back("Cache-Control", "private, max-age=600");
      return response;
    });
  };
  server_.serve({net::Method::Get, "/stream/{channel}/{file}", "a segment of a channel, or a part of one",
                 handler, net::Access::Player});
}

void HlsRoutes::ask(const Request& request, Reply reply, HlsGuest guest,
                    std::function<Response(HlsServed)> answer) {
  const auto waiting = std::make_shared<Reply>(std::move(reply));
  const auto send = [waiting](Response response) {
    open_to_pages(response);
    std::move(*waiting).send(std::move(response));
  };
  guest.on_served = [send, answer = std::move(answer)](HlsServed served) { send(answer(std::move(served))); };
  guest.on_refused = [send](const Refused& refused) { send(answer_for(refused)); };
  const auto channel = reference_of(request);
  guest.admit = [this, &request, &channel, send]() -> std::optional<sessions::HlsPlace> {
    sessions::HlsPlace place;
    auto admitted = doorkeeper_.admit(request, channel, [lost = place.lost]() mutable { lost.cancel(); });
    if (!admitted) {
      send(std::move(admitted.error()));
      return std::nullopt;
    }
    place.ticket = *std::move(admitted);
    return place;
  };
  sessions_.watch(channel, std::move(guest));
}

} // namespace relevo::app
