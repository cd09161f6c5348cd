// SPDX-License-Identifier: LGPL-2.1-or-later
// A pretended AceStream engine: the HTTP interface of engine 3.2 in front of clips, with faults on demand.
#pragma once

#include "provider/ace_sessions.hpp"
#include "provider/hls_session.hpp"

namespace relevo::provider {

struct EngineOptions {
  std::filesystem::path media{}; // empty: the folder named by RELEVO_TEST_MEDIA
  std::string address = "127.0.0.1";
  std::uint16_t port = 0; // 0: a free one
  Seconds burst{3};       // of media, sent at once when a stream begins
  Seconds expiry{60};     // of a session that nobody reads
  bool old = false;       // as engine 3.1: no redirect to the stream, no look-up of infohashes
};

/// Has one channel for each clip. Serves from construction to destruction, on threads of its own. All methods
/// may be called from any thread.
class TestEngine {
 public:
  /// Throws as TestProvider does.
  explicit TestEngine(EngineOptions options = {});

  [[nodiscard]] std::uint16_t port() const { return server_.port(); }
  [[nodiscard]] std::string url() const;
  [[nodiscard]] static std::string content_id(const std::string& clip) {
    return fake_hash("content " + clip);
  }
  [[nodiscard]] static std::string infohash(const std::string& clip) { return fake_hash("infohash " + clip); }

  /// Of one channel, or of all for "", times counted from now. Throws std::invalid_argument.
  void set_faults(const std::string& clip, const std::vector<std::string_view>& faults);
  /// To whoever listens to a session of the channel, or will.
  void notify(const std::string& clip, const std::string& name, const std::string& parameters = "{}");

  /// As if the engine was killed: connections are reset, new ones refused, sessions lost.
  void go_down();
  void come_back() { server_.come_back(); }

  [[nodiscard]] AceCounters counters() { return sessions_.counters(Clock::now()); }
  /// How often a path that begins like this was asked for: "/ace/stat".
  [[nodiscard]] std::uint64_t requests(const std::string& path) const;

 private:
  using Session = AceSessions::Session;

  [[nodiscard]] std::map<std::string, std::string> add_channels();
  [[nodiscard]] std::vector<Route> routes();
  void serve_ace(Exchange& exchange);
  void serve_content(Exchange& exchange);
  void serve_webui(Exchange& exchange);
  void serve_api(Exchange& exchange);
  void serve_search(Exchange& exchange);
  void serve_control(Exchange& exchange);
  void serve_counters(Exchange& exchange);
  void serve_list(Exchange& exchange);

  void start(Exchange& exchange, bool hls);
  [[nodiscard]] Response reply_of(const Exchange& exchange, const Session& session, bool hls) const;

  // One session: test_engine_session.cpp.
  void serve_session(Exchange& exchange, const std::string& what);
  void read(Exchange& exchange, const Session& session);
  void play(Exchange& exchange, const Session& session);
  void playlist(Exchange& exchange);
  void segment(Exchange& exchange);
  void statistics(Exchange& exchange, const Session& session);
  void listen(Exchange& exchange, const Session& session);
  [[nodiscard]] std::string next_notice(const Session& session);
  [[nodiscard]] Seconds prebuffering_left(const Session& session) const;
  [[nodiscard]] std::shared_ptr<HlsSession> hls_of(const Session& session);

  [[nodiscard]] std::optional<Fault> fault(const std::string& infohash, FaultKind kind) const;
  [[nodiscard]] std::string base_url(const Exchange& exchange, const std::string& infohash) const;
  [[nodiscard]] std::string infohash_asked_for(const Request& request) const;
  void count(const Request& request);

  const EngineOptions options_;
  Station station_;                                   // its channels are infohashes, and kEngine
  const std::map<std::string, std::string> channels_; // infohash to clip
  AceSessions sessions_;
  mutable std::mutex mutex_;                                // everything below but the server
  std::map<std::string, std::vector<std::string>> notices_; // by infohash, as JSON
  std::map<std::string, std::size_t> heard_;                // by session: how many of them were told
  std::map<std::string, std::shared_ptr<HlsSession>> hls_;  // by session
  std::map<std::string, std::uint64_t> requests_;           // by path
  HttpServer server_;                                       // last: its threads use the others
};

} // namespace relevo::provider
