// SPDX-License-Identifier: LGPL-2.1-or-later
// The routes of the engine that belong to no session, and the opening of sessions.
#include "provider/test_engine.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <stdexcept>

namespace relevo::provider {
namespace {

/// The channel of the station whose faults befall what belongs to no content.
const std::string kEngine = "engine";

std::filesystem::path media_folder(const EngineOptions& options) {
  if (!options.media.empty()) return options.media;
  const char* folder = std::getenv("RELEVO_TEST_MEDIA");
  if (!folder) throw std::runtime_error("no media folder: RELEVO_TEST_MEDIA is not set");
  return folder;
}

Response refusal(std::string_view error) {
  return json_response("{\"response\":null,\"error\":" + json_string(error) + "}");
}

/// The server interface says it otherwise.
Response api_refusal(std::string_view error) {
  return json_response("{\"error\":{\"message\":" + json_string(error) + ",\"code\":0}}");
}

/// What a start is answered with while the fault "reply" is in force.
Response wrong_reply(const std::string& how) {
  if (how == "html") return {200, "text/html", "<html><body><h1>Bad Gateway</h1></body></html>\n", {}};
  if (how == "cut") return json_response("{\"response\":{\"infohash\":\"01234");
  if (how == "empty") return json_response("");
  if (how == "list") return json_response("[]");
  int status = 0;
  const char* end = how.data() + how.size();
  if (std::from_chars(how.data(), end, status).ptr == end) return text_response(status, "no");
  return refusal(how);
}

} // namespace

TestEngine::TestEngine(EngineOptions options)
    : options_(std::move(options)),
      station_(media_folder(options_)),
      channels_(add_channels()),
      sessions_(options_.expiry),
      server_(options_.address, options_.port, 1000, routes()) {}

std::map<std::string, std::string> TestEngine::add_channels() {
  std::map<std::string, std::string> channels;
  for (const auto& clip : ClipLibrary{media_folder(options_)}.names()) {
    station_.add_channel(infohash(clip), clip);
    station_.add_channel(kEngine, clip);
    channels[infohash(clip)] = clip;
  }
  return channels;
}

std::string TestEngine::url() const {
  return "http://" + options_.address + ":" + std::to_string(port());
}

void TestEngine::set_faults(const std::string& clip, const std::vector<std::string_view>& faults) {
  const auto plan = station_.plan(faults);
  if (!plan) throw std::invalid_argument(plan.error().message);
  if (!clip.empty() && !channels_.contains(infohash(clip)))
    throw std::invalid_argument("no channel '" + clip + "'");
  for (const auto& [hash, name] : channels_)
    if (clip.empty() || name == clip) (void)station_.set_faults(hash, *plan);
  if (clip.empty()) (void)station_.set_faults(kEngine, *plan);
}

void TestEngine::notify(const std::string& clip, const std::string& name, const std::string& parameters) {
  const std::lock_guard lock(mutex_);
  notices_[infohash(clip)].push_back("{\"response\":{\"name\":" + json_string(name) +
                                     ",\"params\":" + parameters + "},\"error\":null}");
}

void TestEngine::go_down() {
  server_.go_down();
  sessions_.lose_all();
}

std::uint64_t TestEngine::requests(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  std::uint64_t sum = 0;
  for (const auto& [asked, times] : requests_)
    if (asked.starts_with(path)) sum += times;
  return sum;
}

void TestEngine::count(const Request& request) {
  std::string path;
  for (std::size_t i = 0; i < std::min<std::size_t>(request.path.size(), 2); ++i)
    path += "/" + request.path[i];
  const std::lock_guard lock(mutex_);
  ++requests_[path];
}

std::vector<Route> TestEngine::routes() {
  const auto route = [this](std::string root, void (TestEngine::*handler)(Exchange&)) {
    return Route{std::move(root), [this, handler](Exchange& exchange) {
                   count(exchange.request);
                   if (exchange.request.method != "GET")
                     return exchange.respond(text_response(405, "GET only"));
                   (this->*handler)(exchange);
                 }};
  };
  return {
      route("ace", &TestEngine::serve_ace),        route("content", &TestEngine::serve_content),
      route("webui", &TestEngine::serve_webui),    route("server", &TestEngine::serve_api),
      route("search", &TestEngine::serve_search),  route("control", &TestEngine::serve_control),
      route("stats", &TestEngine::serve_counters), route("playlist.m3u", &TestEngine::serve_list),
  };
}

std::optional<Fault> TestEngine::fault(const std::string& infohash, FaultKind kind) const {
  return station_.active_fault(infohash.empty() ? kEngine : infohash, kind, Clock::now());
}

std::string TestEngine::base_url(const Exchange& exchange, const std::string& infohash) const {
  if (fault(infohash, FaultKind::WrongHost)) return "http://engine.invalid:6878";
  const auto host = exchange.request.header("host");
  return "http://" + (host.empty() ? exchange.connection.local_address() : std::string{host});
}

/// "" when it is not known.
std::string TestEngine::infohash_asked_for(const Request& request) const {
  const auto id = request.get("content_id").empty() ? request.get("id") : request.get("content_id");
  for (const auto& [hash, clip] : channels_)
    if (id.empty() ? request.get("infohash") == hash : id == content_id(clip)) return hash;
  return {};
}

// ---- /ace ----

void TestEngine::serve_ace(Exchange& exchange) {
  const Request& request = exchange.request;
  const std::string what = request.path.size() > 1 ? request.path[1] : std::string{};
  const std::string infohash = request.path.size() > 2 ? request.path[2] : infohash_asked_for(request);
  if (!exchange.wait_while([&] { return fault("", FaultKind::Hang) || fault(infohash, FaultKind::Hang); }))
    return exchange.hang_up();
  if (what == "getstream" || what == "manifest.m3u8") return start(exchange, what != "getstream");
  if (what == "m" && request.path.size() == 4) return playlist(exchange);
  if (what == "c" && request.path.size() == 4) return segment(exchange);
  if (request.path.size() == 4) return serve_session(exchange, what);
  exchange.respond(text_response(404, "nothing here"));
}

void TestEngine::start(Exchange& exchange, bool hls) {
  const Request& request = exchange.request;
  const std::string infohash = infohash_asked_for(request);
  const bool as_json = request.get("format") == "json";
  if (infohash.empty())
    return exchange.respond(as_json ? refusal("failed to load content")
                                    : text_response(500, "failed to load content"));
  if (const auto wrong = fault(infohash, FaultKind::Reply)) return exchange.respond(wrong_reply(wrong->text));
  const auto pid = request.get("pid").empty() ? request.get("sid") : request.get("pid");
  const Session session = sessions_.open(infohash, std::string{pid}, Clock::now());
  const auto slow = fault(infohash, FaultKind::SlowStart);
  const auto due =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(Seconds{slow ? slow->number : 0});
  // A client that hangs up leaves its session behind.
  if (slow && !exchange.connection.wait_until(due)) return exchange.hang_up();
  exchange.respond(reply_of(exchange, session, hls));
}

Response TestEngine::reply_of(const Exchange& exchange, const Session& session, bool hls) const {
  const Request& request = exchange.request;
  const std::string base = base_url(exchange, session.infohash) + "/ace/";
  const std::string tail = session.infohash + "/" + session.id;
  const std::string playback = base + (hls ? "m/" + tail + ".m3u8" : "r/" + tail);
  if (request.get("format") != "json") return {302, "text/plain", "", {{"Location", playback}}};
  const auto member = [](const char* name, const std::string& value) {
    return json_string(name) + ":" + json_string(value) + ",";
  };
  std::string body = "{\"response\":{" + member("infohash", session.infohash) +
                     member("playback_session_id", session.id) + member("playback_url", playback) +
                     member("stat_url", base + "stat/" + tail) + member("command_url", base + "cmd/" + tail);
  if (request.get("use_api_events") == "1") body += member("event_url", base + "event/" + tail);
  return json_response(body + "\"is_live\":1,\"is_encrypted\":0,\"client_session_id\":-1},\"error\":null}");
}

// ---- what belongs to no session ----

void TestEngine::serve_webui(Exchange& exchange) {
  if (exchange.request.get("method") != "get_version")
    return exchange.respond(json_response("{\"result\":null,\"error\":\"unknown method\"}"));
  exchange.respond(json_response(
      options_.old ? "{\"result\":{\"platform\":\"linux\",\"version\":\"3.1.49\",\"code\":3014900},"
                     "\"error\":null}"
                   : "{\"result\":{\"platform\":\"linux\",\"version\":\"3.2.3\",\"code\":3020300,"
                     "\"websocket_port\":43879},\"error\":null}"));
}

void TestEngine::serve_api(Exchange& exchange) {
  const Request& request = exchange.request;
  if (!exchange.wait_while([&] { return fault("", FaultKind::Hang).has_value(); })) return exchange.hang_up();
  const auto method = request.get("method");
  if (method == "get_status")
    return exchange.respond(
        json_response("{\"result\":{\"playlist_loaded\":true,\"version\":{\"code\":3020300,\"platform\":"
                      "\"linux\",\"version\":\"3.2.3\"}}}"));
  if (method == "get_network_connection_status")
    return exchange.respond(json_response("{\"result\":{\"connected\":true}}"));
  const bool files = method == "get_media_files";
  if (options_.old || (!files && method != "get_content_id"))
    return exchange.respond(api_refusal("unknown method"));
  const std::string infohash = infohash_asked_for(request);
  if (infohash.empty()) return exchange.respond(api_refusal("failed to load content"));
  const std::string& clip = channels_.at(infohash);
  if (!files)
    return exchange.respond(
        json_response("{\"result\":{\"content_id\":" + json_string(content_id(clip)) + "}}"));
  exchange.respond(json_response("{\"result\":{\"files\":[{\"index\":0,\"filename\":" + json_string(clip) +
                                 ",\"mime\":\"video/mp2t\",\"size\":0}],\"name\":" + json_string(clip) +
                                 ",\"infohash\":" + json_string(infohash) +
                                 ",\"transport_type\":\"bt\",\"type\":\"live\"}}"));
}

void TestEngine::serve_search(Exchange& exchange) {
  const auto query = exchange.request.get("query");
  std::string results;
  std::size_t total = 0;
  for (const auto& [infohash, clip] : channels_) {
    if (clip.find(query) == std::string::npos) continue;
    results += concat(total++ == 0 ? "" : ",", "{\"name\":", json_string(clip),
                      ",\"icons\":[],\"items\":[{\"infohash\":", json_string(infohash),
                      ",\"name\":", json_string(clip),
                      ",\"bitrate\":437500,\"categories\":[\"tv\"],\"availability\":1.0,\"status\":2}]}");
  }
  exchange.respond(json_response("{\"result\":{\"total\":" + std::to_string(total) +
                                 ",\"time\":0.01,\"results\":[" + results + "]},\"error\":null}"));
}

/// /control/channel/CLIP?fault=…, /control/all?fault=… and /control/notice/CLIP?name=…&params=…
void TestEngine::serve_control(Exchange& exchange) {
  const Request& request = exchange.request;
  const std::string what = request.path.size() > 1 ? request.path[1] : std::string{};
  const std::string clip = request.path.size() > 2 ? request.path[2] : std::string{};
  if (what == "notice" && !clip.empty()) {
    const auto parameters = request.get("params");
    notify(clip, std::string{request.get("name")}, parameters.empty() ? "{}" : std::string{parameters});
  } else if (what == "all" || (what == "channel" && !clip.empty())) {
    try {
      set_faults(clip, request.get_all("fault"));
    } catch (const std::invalid_argument& error) {
      return exchange.respond(text_response(400, error.what()));
    }
  } else {
    return exchange.respond(text_response(404, "control/channel/CLIP, control/all or control/notice/CLIP"));
  }
  exchange.respond(json_response("{\"ok\":true}\n"));
}

void TestEngine::serve_counters(Exchange& exchange) {
  const AceCounters c = counters();
  std::string body = "{\"sessions\":{";
  const auto member = [&body](const char* name, std::uint64_t value) {
    body += concat(body.back() == '{' ? "" : ",", json_string(name), ':', value);
  };
  member("opened", c.opened);
  member("open", c.open);
  member("superseded", c.superseded);
  member("stopped", c.stopped);
  member("expired", c.expired);
  member("lost", c.lost);
  member("unknown_stops", c.unknown_stops);
  member("second_readers", c.second_readers);
  member("readers", c.readers);
  body += "},\"requests\":{";
  const std::lock_guard lock(mutex_);
  for (const auto& [path, times] : requests_)
    member(path.c_str(), times);
  exchange.respond(json_response(body + "}}\n"));
}

void TestEngine::serve_list(Exchange& exchange) {
  std::string list = "#EXTM3U\n";
  for (const auto& [infohash, clip] : channels_)
    list += "#EXTINF:-1 group-title=\"Test\"," + clip + "\nacestream://" + content_id(clip) + "\n";
  exchange.respond({200, "audio/x-mpegurl", std::move(list), {}});
}

} // namespace relevo::provider
