// SPDX-License-Identifier: LGPL-2.1-or-later
// What the engine answers for one session: the stream, the playlist, statistics, commands and notices.
#include "base/text.hpp"
#include "provider/live_ts.hpp"
#include "provider/test_engine.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace relevo::provider {
namespace {

using State = AceSessions::State;

constexpr std::uint64_t kPiece = 16 * 1024;

Response unknown_session() {
  return json_response("{\"response\":null,\"error\":\"unknown playback session id\"}");
}

/// Engines number live positions by the wall clock.
std::int64_t unix_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string live_position() {
  const std::int64_t last = unix_now();
  const auto member = [](const char* name, std::int64_t value) {
    return concat('"', name, "\":\"", value, '"');
  };
  return concat('{', member("pos", last - 14), ',', member("last", last), ',',
                member("live_first", last - 1800), ',', member("live_last", last), ',',
                member("first_ts", last - 1800), ',', member("last_ts", last), ',', member("is_live", 1), ',',
                member("buffer_pieces", 30), '}');
}

} // namespace

void TestEngine::serve_session(Exchange& exchange, const std::string& what) {
  const std::string& infohash = exchange.request.path[2];
  const std::string& id = exchange.request.path[3];
  if (what == "cmd") {
    if (exchange.request.get("method") != "stop")
      return exchange.respond(json_response("{\"response\":null,\"error\":\"unknown method\"}"));
    const bool stopped = sessions_.stop(infohash, id, Clock::now());
    return exchange.respond(stopped ? json_response("{\"response\":\"ok\",\"error\":null}")
                                    : unknown_session());
  }
  const auto session = sessions_.find(infohash, id, Clock::now());
  if (what == "stat") return session ? statistics(exchange, *session) : exchange.respond(unknown_session());
  if (what == "event") return session ? listen(exchange, *session) : exchange.respond(unknown_session());
  if (what != "r") return exchange.respond(text_response(404, "nothing here"));
  session ? read(exchange, *session) : exchange.respond(text_response(500, "failed to start"));
}

// ---- the stream ----

void TestEngine::read(Exchange& exchange, const Session& session) {
  const StreamFaults faults{station_, session.infohash, {}};
  if (answer_faultily(exchange, faults, {Clock::now()})) return;
  if (options_.old) return play(exchange, session);
  const std::string location =
      base_url(exchange, session.infohash) + "/content/" + session.infohash + "/" + session.token;
  exchange.respond({302, "text/plain", "", {{"Location", location}}});
}

void TestEngine::serve_content(Exchange& exchange) {
  const auto& path = exchange.request.path;
  const auto session = path.size() == 3 ? sessions_.find_token(path[2], Clock::now()) : std::nullopt;
  if (!session || session->infohash != path[1]) return exchange.respond(text_response(404, "nothing here"));
  play(exchange, *session);
}

void TestEngine::play(Exchange& exchange, const Session& session) {
  if (!sessions_.begin_read(session.id)) {
    // As the real one does: nothing that a parser could make sense of.
    exchange.hang_up();
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\n\r\n";
    (void)exchange.connection.send(head + head);
    return;
  }
  const auto open = [&] { return sessions_.find(session.infohash, session.id, Clock::now()).has_value(); };
  const bool there = exchange.wait_while([&] {
    return open() && (prebuffering_left(session) > Seconds{0} || fault(session.infohash, FaultKind::NoPeers));
  });
  if (there)
    serve_live_ts(exchange, StreamFaults{station_, session.infohash, {}},
                  {.burst = options_.burst, .goes_on = open});
  sessions_.end_read(session.id, Clock::now());
  exchange.hang_up();
}

Seconds TestEngine::prebuffering_left(const Session& session) const {
  const auto prebuffer = fault(session.infohash, FaultKind::Prebuffer);
  if (!prebuffer) return Seconds{0};
  return Seconds{prebuffer->number} - Seconds{Clock::now() - session.opened};
}

// ---- HLS ----

std::shared_ptr<HlsSession> TestEngine::hls_of(const Session& session) {
  const std::lock_guard lock(mutex_);
  auto& hls = hls_[session.id];
  if (!hls)
    hls = std::make_shared<HlsSession>(StreamFaults{station_, session.infohash, {}},
                                       HlsSettings{.window = 17, .at_start = 3, .target = Seconds{4}},
                                       Clock::now());
  return hls;
}

void TestEngine::playlist(Exchange& exchange) {
  const std::string& infohash = exchange.request.path[2];
  const std::string id = exchange.request.path[3].substr(0, exchange.request.path[3].find('.'));
  switch (sessions_.state(infohash, id, Clock::now())) {
  case State::Open: break;
  case State::Superseded: return exchange.respond(text_response(403, "forbidden"));
  case State::Stopped: return exchange.respond(text_response(500, "stopped"));
  case State::Unknown: return exchange.respond(text_response(404, "nothing here"));
  }
  const auto session = sessions_.find(infohash, id, Clock::now());
  if (!session || !exchange.wait_while([&] { return prebuffering_left(*session) > Seconds{0}; }))
    return exchange.hang_up();
  sessions_.touch(id, Clock::now());
  const auto hls = hls_of(*session);
  const std::string folder = base_url(exchange, infohash) + "/ace/c/" + infohash + "/";
  exchange.respond(
      {200, "application/vnd.apple.mpegurl", hls->playlist(hls->moment(Clock::now()), folder, ""), {}});
}

void TestEngine::segment(Exchange& exchange) {
  const auto session = sessions_.find_content(exchange.request.path[2], Clock::now());
  const std::string& name = exchange.request.path[3];
  std::uint64_t number = 0;
  const auto end = std::from_chars(name.data(), name.data() + name.size(), number).ptr;
  if (!session || std::string_view{end, name.data() + name.size()} != ".ts")
    return exchange.respond(text_response(404, "nothing here"));
  sessions_.touch(session->id, Clock::now());
  const auto hls = hls_of(*session);
  auto bytes = hls->segment(number, hls->moment(Clock::now()));
  exchange.respond(bytes ? Response{200, "video/mp2t", std::move(*bytes), {}}
                         : text_response(404, "nothing here"));
}

// ---- what it tells ----

void TestEngine::statistics(Exchange& exchange, const Session& session) {
  const bool peers = !fault(session.infohash, FaultKind::NoPeers);
  const auto prebuffer = fault(session.infohash, FaultKind::Prebuffer);
  const Seconds left = prebuffering_left(session);
  const bool waiting = left > Seconds{0} || !peers;
  const Seconds age{Clock::now() - session.opened};
  const auto rate = station_.clip_of_channel(session.infohash)->bits_per_second() / 8;
  const auto bytes = peers ? static_cast<std::uint64_t>(age.count() * static_cast<double>(rate)) : 0;
  std::string body = "{\"response\":{\"status\":\"" + std::string(waiting ? "prebuf" : "dl") + "\"";
  const auto member = [&body](const char* name, std::uint64_t value) {
    body += ",\"" + std::string{name} + "\":" + std::to_string(value);
  };
  if (waiting)
    member("progress",
           prebuffer && peers ? static_cast<std::uint64_t>(100 * (1 - left.count() / prebuffer->number)) : 0);
  member("peers", peers ? 14 : 0);
  member(options_.old ? "speedDown" : "speed_down", peers ? rate / 1024 : 0);
  member(options_.old ? "speedUp" : "speed_up", peers ? 12 : 0);
  member("downloaded", bytes / kPiece * kPiece);
  member("uploaded", 3 * kPiece);
  body += ",\"total_progress\":0,\"is_live\":1,\"is_encrypted\":0,\"playback_session_id\":\"" + session.id +
          "\",\"infohash\":\"" + session.infohash + "\",\"client_session_id\":-1,\"stream_status\":-1";
  if (!waiting) body += ",\"livepos\":" + live_position();
  exchange.respond(json_response(body + "},\"error\":null}"));
}

void TestEngine::listen(Exchange& exchange, const Session& session) {
  const auto open = [&] { return sessions_.find(session.infohash, session.id, Clock::now()).has_value(); };
  std::string notice;
  const bool there = exchange.wait_while([&] {
    notice = next_notice(session);
    return notice.empty() && open();
  });
  if (!there) return exchange.hang_up();
  exchange.respond(notice.empty() ? unknown_session() : json_response(notice));
}

/// "" when all was told.
std::string TestEngine::next_notice(const Session& session) {
  const std::lock_guard lock(mutex_);
  std::size_t& heard = heard_[session.id];
  const auto& notices = notices_[session.infohash];
  if (heard == 0)
    return ++heard, "{\"response\":{\"name\":\"live_changed\",\"params\":{\"is_live\":1}},\"error\":null}";
  if (heard - 1 >= notices.size()) return {};
  return notices[heard++ - 1];
}

} // namespace relevo::provider
