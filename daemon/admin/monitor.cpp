// SPDX-License-Identifier: LGPL-2.1-or-later
// What is counted in the main thread, and what a worker adds to it.
#include "admin/monitor.hpp"

#include "admin/metrics_text.hpp"
#include "admin/ranks.hpp"
#include "answers.hpp"
#include "base/text.hpp"
#include "net/work.hpp"
#include "process_facts.hpp"
#include "store/accounts.hpp"
#include "store/store.hpp"

#include <map>
#include <utility>

namespace relevo::admin {
namespace {

using net::Reply;
using net::Request;
using net::Response;

constexpr unsigned kUnavailable = 503;

struct ChannelFigures {
  std::string name;
  std::uint64_t viewers = 0;
  double bitrate = 0; // of the source that is on
};

void write_process(MetricsText& text) {
  using enum MetricsText::Kind;
  const auto facts = read_process_facts();
  text.metric("process_cpu_seconds_total", Counter, "CPU time, with that of children which have ended")
      .sample(facts.cpu_seconds)
      .metric("process_resident_memory_bytes", Gauge, "Memory in use")
      .sample(facts.resident_bytes)
      .metric("process_open_fds", Gauge, "Open file descriptors")
      .sample(facts.descriptors)
      .metric("process_max_fds", Gauge, "How many may be open")
      .sample(facts.most_descriptors);
}

void write_tally(MetricsText& text, const Tally& tally) {
  using enum MetricsText::Kind;
  text.metric("relevo_sessions_opened_total", Counter, "Channels that began to play")
      .sample(tally.opened)
      .metric("relevo_source_attempts_total", Counter, "Sources that were opened")
      .sample(tally.tried)
      .metric("relevo_source_failures_total", Counter, "Sources that failed, by kind");
  for (const auto& [kind, count] : tally.failed)
    text.sample({{"kind", kind}}, count);
  text.metric("relevo_slots_refused_total", Counter, "Sources that had to wait for a free connection")
      .sample(tally.slots_refused)
      .metric("relevo_switches_total", Counter, "Switches from one source to another one")
      .sample(tally.switched)
      .metric("relevo_all_failed_total", Counter, "Rounds in which no source of a channel worked")
      .sample(tally.all_failed)
      .metric("relevo_viewers_joined_total", Counter, "Viewers who were let in")
      .sample(tally.joined)
      .metric("relevo_viewers_refused_total", Counter, "Viewers who were not let in")
      .sample(tally.refused)
      .metric("relevo_sent_bytes_total", Counter, "Bytes that viewers got")
      .sample(tally.bytes)
      .metric("relevo_viewer_skips_total", Counter, "Times a slow viewer jumped to the newest picture")
      .sample(tally.skips);
}

void write_channels(MetricsText& text, const std::map<model::ChannelId, ChannelFigures>& channels) {
  using enum MetricsText::Kind;
  text.metric("relevo_channel_viewers", Gauge, "Viewers of a channel that plays");
  for (const auto& [id, channel] : channels)
    text.sample({{"channel", std::to_string(id.value)}, {"name", channel.name}}, channel.viewers);
  text.metric("relevo_channel_source_bits_per_second", Gauge, "What the source of a channel delivers");
  for (const auto& [id, channel] : channels)
    text.sample({{"channel", std::to_string(id.value)}, {"name", channel.name}}, channel.bitrate);
}

/// Throws sqlite::Failure.
void write_logins(MetricsText& text, const std::string& file,
                  const std::map<model::LoginId, std::uint64_t>& taken) {
  using enum MetricsText::Kind;
  struct Row {
    std::string id, account, name;
    std::uint64_t taken, limit;
  };
  std::vector<Row> rows;
  auto database = store::open_again(file);
  for (const auto& account : store::load_accounts(database))
    for (const auto& login : store::load_logins(database, account.id)) {
      const auto found = taken.find(login.id);
      rows.push_back({std::to_string(login.id.value), account.name, login.name,
                      found == taken.end() ? 0 : found->second,
                      static_cast<std::uint64_t>(std::max(login.connections, 0))});
    }
  text.metric("relevo_login_connections", Gauge, "Connections to the provider that a login has");
  for (const auto& row : rows)
    text.sample({{"login", row.id}, {"account", row.account}, {"name", row.name}}, row.taken);
  text.metric("relevo_login_connections_limit", Gauge, "How many it may have; 0: any number");
  for (const auto& row : rows)
    text.sample({{"login", row.id}, {"account", row.account}, {"name", row.name}}, row.limit);
}

} // namespace

/// How things stand in one moment: plain values, for a worker.
struct Monitor::Scene {
  Tally tally;
  std::map<std::string_view, std::uint64_t> sessions; // by state
  std::uint64_t viewers = 0;
  std::uint64_t waiting = 0;
  std::map<model::ChannelId, ChannelFigures> channels;
  std::map<model::LoginId, std::uint64_t> taken;
  std::uint64_t connections = 0;
};

Monitor::Monitor(net::Server& server, const Tally& tally, const sessions::Sessions& sessions,
                 MonitorSettings settings)
    : server_(server),
      tally_(tally),
      sessions_(sessions),
      settings_(std::move(settings)),
      pool_("monitor", 1) {
  server.serve({net::Method::Get, "/metrics", "figures for Prometheus",
                [this](Request request, Reply reply) {
                  const auto work = [this, scene = look()](const net::Asked&) {
                    return Response{.body = write(scene), .content_type = std::string(kMetricsType)};
                  };
                  net::answer_in(pool_, work)(std::move(request), std::move(reply));
                },
                access_for(net::Method::Get, "/metrics")});
  server.serve({net::Method::Get, "/ready", "whether the daemon can do its work, and what it lacks",
                net::answer_in(pool_, [this](const net::Asked&) { return judge(); })});
}

Monitor::Scene Monitor::look() const {
  Scene scene;
  scene.tally = tally_;
  scene.connections = server_.connections();
  for (const auto state :
       {sessions::State::Opening, sessions::State::Live, sessions::State::Draining, sessions::State::Closing})
    scene.sessions[name_of(state)] = 0;
  for (const auto& session : sessions_.view()) {
    ++scene.sessions[name_of(session.state)];
    scene.viewers += session.viewers.size();
    scene.waiting += session.waiting.size();
    auto& channel = scene.channels[session.channel];
    channel.name = session.channel_name;
    channel.viewers += session.viewers.size();
    for (const auto& candidate : session.candidates)
      if (candidate.stats.id == session.current) channel.bitrate += candidate.stats.bitrate;
    for (const auto& viewer : session.viewers) {
      scene.tally.bytes += viewer.stats.bytes;
      scene.tally.skips += viewer.stats.skips;
    }
  }
  for (const auto& entry : sessions_.leases())
    if (entry.claim.login.value != 0) ++scene.taken[entry.claim.login];
  return scene;
}

/// In a worker.
std::string Monitor::write(const Scene& scene) const {
  using enum MetricsText::Kind;
  MetricsText text;
  text.metric("relevo_build_info", Gauge, "Always 1")
      .sample({{"version", settings_.version}}, std::uint64_t{1})
      .metric("relevo_sessions", Gauge, "Channels that play, by state");
  for (const auto& [state, count] : scene.sessions)
    text.sample({{"state", state}}, count);
  text.metric("relevo_viewers", Gauge, "Viewers who watch").sample(scene.viewers);
  text.metric("relevo_viewers_waiting", Gauge, "Viewers who wait for the first picture")
      .sample(scene.waiting);
  write_tally(text, scene.tally);
  write_channels(text, scene.channels);
  text.metric("relevo_http_connections", Gauge, "Connections of clients").sample(scene.connections);
  text.metric("relevo_lost_events_total", Counter, "Events that could not be written into the history")
      .sample(settings_.lost_events());
  write_process(text);
  try {
    write_logins(text, settings_.database, scene.taken);
  } catch (const sqlite::Failure&) {
    // A database that fails is what /ready tells; the other figures are the more wanted then.
  }
  return text.text();
}

/// In a worker.
Response Monitor::judge() const {
  auto reasons = settings_.obstacles();
  try {
    auto database = store::open_again(settings_.database);
    sqlite::Statement(database, "SELECT 1 FROM channel LIMIT 1").step();
  } catch (const sqlite::Failure&) {
    reasons.emplace_back("the database cannot be read");
  }
  if (reasons.empty()) return answer({{"status", "ready"}});
  return answer({{"status", "not-ready"}, {"reasons", reasons}}, kUnavailable);
}

} // namespace relevo::admin
