// SPDX-License-Identifier: LGPL-2.1-or-later
// How the parts of relevod are joined.
#include "services.hpp"

#include "access/summary.hpp"
#include "admin/log.hpp"
#include "admin/sessions_json.hpp"
#include "base/text.hpp"
#include "channel/channel_pipeline.hpp"
#include "store/events.hpp"
#include "store/penalties.hpp"
#include "store/store.hpp"
#include "web/interface.hpp"

#include <chrono>

namespace relevo::app {
namespace {

using Steady = std::chrono::steady_clock;

net::Response health(Steady::time_point started) {
  const auto uptime = std::chrono::duration_cast<std::chrono::seconds>(Steady::now() - started);
  return {200,
          concat(R"({"status":"ok","version":")", RELEVO_VERSION, R"(","uptime_s":)", uptime.count(), "}")};
}

/// What the daemon lacks to do its work. From any thread.
std::vector<std::string> find_obstacles(const history::Recorder& recorder) {
  std::vector<std::string> obstacles;
  if (recorder.failing()) obstacles.emplace_back("what happens cannot be written into the database");
  for (const auto& element : channel::missing_elements())
    obstacles.push_back(concat("channels cannot play: the GStreamer element ", element, " is missing"));
  return obstacles;
}

/// What sessions go on from, as far as it can be read; and from now on it is kept.
sessions::Memory remember(const std::string& file, history::Recorder& recorder, const Log& log) {
  sessions::Memory memory;
  memory.on_penalty = [&recorder](const model::StreamPenalty& penalty) { recorder.record(penalty); };
  memory.on_measured = [&recorder](const model::Measured& measured) { recorder.record(measured); };
  try {
    auto database = store::open_again(file);
    memory.penalties = store::load_penalties(database);
    memory.last_session = store::last_session(database);
  } catch (const sqlite::Failure& failure) {
    log.write(LogLevel::Error, concat("nothing is known of the time before: ", failure.what()));
  }
  return memory;
}

model::StreamFailure failure_of(const sessions::Event& event) {
  return {event.stream, std::chrono::floor<std::chrono::milliseconds>(event.at), event.failure,
          explain_failure(event)};
}

net::ServerSettings server_settings(const Config& config, const State& state, access::Guard& guard) {
  return {.connections = config.connections,
          .connections_per_address = config.connections_per_address,
          .trusted_proxies = config.trusted_proxies,
          .guard = [&guard](const net::Request& request,
                            net::Access access) { return guard.check(request, access); },
          .upload_folder = state.temporary_folder()};
}

/// Where players find the server.
panel::Ports ports_of(const Config& config) {
  return {config.playback.reach.own_port,
          config.tls_certificate.empty() ? std::uint16_t{0} : config.tls_port};
}

tuner::House tuner_house(const Config& config, const State& state, Playback& playback) {
  return {.database = state.database(),
          .installation = state.installation(),
          .public_address = config.public_address,
          .endpoint = {config.listen.address, config.playback.reach.own_port},
          .connections = config.playback.most_connections,
          .streams = config.streams,
          .access = config.access,
          .watch = [&playback](std::string_view channel, sessions::Viewer who, gx::Descriptor socket) {
            playback.watch(channel, std::move(who), std::move(socket));
          }};
}

} // namespace

Base::Base(const Config& config, const State& state, const Log& log)
    : recorder(state.database(), log,
               {.most_events = static_cast<std::int64_t>(config.history_events),
                .age = std::chrono::days(config.history_days)}),
      hooks(state.database(), log),
      events([this](model::PastEvent event) {
        hooks.on_event(event);
        recorder.record(std::move(event));
      }),
      guard(log, state.database(), config.access,
            [this](const nlohmann::json& event) { events.publish(event, access::summarise(event)); }),
      server(log, server_settings(config, state, guard)) {
  server.serve({net::Method::Get, "/health", "whether the daemon lives",
                [started = Steady::now()](const net::Request&) { return health(started); }});
}

Services::Services(Base& base, const Config& config, const State& state, logging::LogBook& book,
                   const Log& log)
    : alerts(state.database(), base.events, log),
      playback(
          base.server, log, state.database(), config.streams, config.playback,
          [this, &base](const sessions::Event& event) {
            tally.count(event);
            alerts.on_event(event);
            if (event.what == sessions::Happening::CandidateFailed) base.recorder.record(failure_of(event));
            base.events.publish(admin::write_event(event), summarise(event));
          },
          remember(state.database(), base.recorder, log)),
      figures(tally, playback.sessions()),
      tuner(base.server, log, playback.sessions(), tuner_house(config, state, playback), config.hdhomerun),
      logos(state.logos_folder(), state.temporary_folder(), log),
      api(base.server, log, base.events, playback.sessions(), base.guard, logos, figures,
          {state.database(), state.temporary_folder(), state.uploads_folder(), RELEVO_VERSION,
           config.playback.reach, config.public_address.starts_with("https:"),
           [this, &base, renew = playback.renewer()] {
             renew();
             tuner.look_again();
             alerts.look();
             base.hooks.look();
           }}),
      monitor(base.server, tally, playback.sessions(),
              {state.database(), RELEVO_VERSION, [&base] { return base.recorder.lost(); },
               [&base] { return find_obstacles(base.recorder); }}),
      outputs(base.server, log, {state.database(), state.temporary_folder(), config.public_address}),
      panel(base.server, log,
            {state.database(), state.temporary_folder(), config.public_address, ports_of(config),
             config.streams > 0 ? config.streams : config.connections_per_address,
             [&keeper = playback.doorkeeper()](model::UserId user) { return keeper.watched(user); }}),
      portal(base.server, log, base.guard,
             {state.database(), state.temporary_folder(), config.public_address}) {
  admin::serve_log(base.server, book);
  web::serve_interface(base.server, web::built_in_resource());
}

} // namespace relevo::app
