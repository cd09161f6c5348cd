// SPDX-License-Identifier: LGPL-2.1-or-later
// Playlists, segments, keys and ranges of HLS sessions, with the faults that befall their transfer.
#include "provider/hls_origin.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace relevo::provider {
namespace {

constexpr std::string_view kPlaylistType = "application/vnd.apple.mpegurl";
constexpr std::size_t kMaxSessions = 200;
constexpr auto kTick = std::chrono::milliseconds{40};

HlsSettings settings_of(const Request& request) {
  HlsSettings settings;
  settings.window = static_cast<std::size_t>(std::clamp(request.number("window", 5), 1.0, 100.0));
  settings.at_start = settings.window; // as with a channel that runs
  settings.target = Seconds{std::clamp(request.number("target", 2), 0.1, 20.0)};
  settings.speed = std::clamp(request.number("speed", 1), 0.001, 1000.0);
  settings.seed = static_cast<std::uint32_t>(std::abs(request.number("seed", 1)));
  settings.encrypted = !request.get("aes").empty();
  settings.byte_ranges = !request.get("byteranges").empty();
  settings.complete = !request.get("vod").empty();
  return settings;
}

/// Sends a body in even steps over `duration`. False when the peer has gone.
bool send_slowly(Connection& connection, std::string_view body, Seconds duration) {
  const auto begin = Clock::now();
  for (std::size_t sent = 0; sent < body.size();) {
    const double share = std::min(1.0, Seconds{Clock::now() - begin} / duration);
    const auto due = static_cast<std::size_t>(static_cast<double>(body.size()) * share);
    if (due > sent && !connection.send(body.substr(sent, due - sent))) return false;
    sent = std::max(sent, due);
    if (sent < body.size() && !connection.wait_until(Clock::now() + kTick)) return false;
  }
  return true;
}

/// Sends a segment; where a fault of the transport is in force, only half of it, or slowly.
void send_segment(Exchange& exchange, HlsSession& session, std::string body) {
  const StreamFaults& faults = session.faults();
  const auto in_force = [&](FaultKind kind) { return faults.active(kind, session.moment(Clock::now())); };
  Response response{200, "video/mp2t", std::move(body), {}};
  const auto slow = in_force(FaultKind::Slow);
  const bool cut = in_force(FaultKind::Close) || in_force(FaultKind::Reset) || in_force(FaultKind::Truncate);
  if (exchange.request.is_head() || (!slow && !cut && !in_force(FaultKind::Stall)))
    return exchange.respond(std::move(response));

  Connection& connection = exchange.connection;
  exchange.hang_up();
  if (!connection.send(write_head(response, false))) return;
  const std::string_view whole = response.body;
  if (slow && !cut) {
    const double share = std::clamp(1 - slow->number / 100, 0.01, 1.0);
    if (send_slowly(connection, whole.substr(0, whole.size() - 1), session.target() / share))
      (void)exchange.send_end(whole.substr(whole.size() - 1));
    return;
  }
  if (!connection.send(whole.substr(0, whole.size() / 2))) return;
  while (!cut && in_force(FaultKind::Stall))
    if (!connection.wait_until(Clock::now() + kTick)) return;
  if (in_force(FaultKind::Reset))
    connection.reset_on_close();
  else if (!cut)
    (void)exchange.send_end(whole.substr(whole.size() / 2));
}

std::optional<std::uint64_t> sequence_of(const std::string& resource) {
  std::uint64_t sequence = 0;
  const char* end = resource.data() + resource.size();
  const auto [stop, error] = std::from_chars(resource.data(), end, sequence);
  if (error != std::errc{} || std::string_view{stop, end} != ".ts") return std::nullopt;
  return sequence;
}

Response not_found() {
  return {404, "text/plain", "not found\n", {}};
}

} // namespace

void HlsOrigin::serve(Exchange& exchange, const std::string& channel, FaultPlan plan,
                      const std::string& resource, const std::string& folder) {
  const Request& request = exchange.request;
  const auto session = session_of(request, channel, std::move(plan));
  const Moment now = session->moment(Clock::now());
  if (answer_faultily(exchange, session->faults(), now)) return;
  const auto in_force = [&](FaultKind kind) { return session->faults().active(kind, now).has_value(); };
  if (resource == "master.m3u8")
    return serve_master(exchange, channel, folder, in_force(FaultKind::AudioApart));
  if (resource == "media.m3u8") {
    std::string text = session->playlist(now, folder, request.query_without("hop"));
    return exchange.respond(
        {200, std::string{kPlaylistType}, std::move(text), {{"Cache-Control", "no-cache"}}});
  }
  if (resource == "key" && in_force(FaultKind::NoKey))
    return exchange.respond({403, "text/plain", "no key for you\n", {}});
  if (resource == "key") return exchange.respond({200, "application/octet-stream", session->key(), {}});
  if (resource == "all.ts") return serve_range(exchange, *session);
  const auto sequence = sequence_of(resource);
  auto segment = sequence ? session->segment(*sequence, now) : std::nullopt;
  if (!segment) return exchange.respond(not_found());
  station_.count_bytes(channel, segment->size());
  send_segment(exchange, *session, std::move(*segment));
}

std::shared_ptr<HlsSession> HlsOrigin::session_of(const Request& request, const std::string& channel,
                                                  FaultPlan plan) {
  const std::lock_guard lock(mutex_);
  const std::string name = channel + request.query_without("hop");
  auto found = sessions_.find(name);
  if (found == sessions_.end()) {
    // Nobody uses that many at once on purpose; whoever does begins anew.
    if (sessions_.size() >= kMaxSessions) sessions_.clear();
    auto session = std::make_shared<HlsSession>(StreamFaults{station_, channel, std::move(plan)},
                                                settings_of(request), Clock::now());
    found = sessions_.emplace(name, std::move(session)).first;
  }
  return found->second;
}

void HlsOrigin::serve_master(Exchange& exchange, const std::string& channel, const std::string& folder,
                             bool audio_apart) {
  const std::string query = exchange.request.query_without("hop");
  std::string text = "#EXTM3U\n#EXT-X-VERSION:3\n";
  if (audio_apart)
    text += "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"sound\",NAME=\"main\",URI=\"" + folder + "sound.m3u8\"\n";
  const auto add = [&](const std::string& name, const std::string& uri) {
    text +=
        "#EXT-X-STREAM-INF:BANDWIDTH=" + std::to_string(station_.clip_of_channel(name)->bits_per_second()) +
        ",NAME=\"" + name + "\"" + (audio_apart ? ",AUDIO=\"sound\"" : "") + "\n" + uri + "media.m3u8" +
        query + "\n";
  };
  add(channel, folder);
  std::string_view others = exchange.request.get("variants");
  const auto known = station_.channels();
  while (!others.empty()) {
    const std::string name{others.substr(0, others.find(','))};
    others.remove_prefix(std::min(others.size(), name.size() + 1));
    if (std::ranges::binary_search(known, name)) add(name, "../" + percent_encode(name) + "/");
  }
  exchange.respond({200, std::string{kPlaylistType}, std::move(text), {}});
}

void HlsOrigin::serve_range(Exchange& exchange, HlsSession& session) {
  const auto range = parse_range(exchange.request.header("range"));
  if (!range || !range->second)
    return exchange.respond({400, "text/plain", "a closed Range is needed\n", {}});
  auto bytes = session.range(range->first, *range->second, session.moment(Clock::now()));
  if (!bytes) return exchange.respond(not_found());
  const std::string label =
      "bytes " + std::to_string(range->first) + "-" + std::to_string(*range->second) + "/*";
  exchange.respond({206, "video/mp2t", std::move(*bytes), {{"Content-Range", label}}});
}

} // namespace relevo::provider
