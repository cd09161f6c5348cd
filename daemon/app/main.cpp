// SPDX-License-Identifier: LGPL-2.1-or-later
// relevod: reads options and configuration, listens, and serves until it is asked to end.
#include "access/guard.hpp"
#include "access/summary.hpp"
#include "admin/alert_watch.hpp"
#include "admin/api.hpp"
#include "admin/log.hpp"
#include "admin/monitor.hpp"
#include "admin/sessions_json.hpp"
#include "admin/web_hooks.hpp"
#include "app/config.hpp"
#include "app/options.hpp"
#include "app/playback.hpp"
#include "app/state.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "channel/channel_pipeline.hpp"
#include "gx/context.hpp"
#include "history/recorder.hpp"
#include "logging/log_book.hpp"
#include "logging/log_output.hpp"
#include "net/server.hpp"
#include "outputs/outputs.hpp"
#include "store/events.hpp"
#include "store/penalties.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace relevo::app {
namespace {

enum ExitStatus : int { kEnded = 0, kWrongOption = 2, kWrongConfig = 3, kCannotListen = 4, kNoState = 5 };

using Seconds = std::chrono::seconds;
using Steady = std::chrono::steady_clock;

void write_line(std::FILE* stream, std::string line) {
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stream);
}

void write_to_stderr(LogLevel level, std::string_view line) {
  static const bool for_journal = logging::journal_listens();
  write_line(stderr, logging::write_plain(level, line, for_journal));
}

int refuse(ExitStatus status, std::string_view why) {
  write_to_stderr(LogLevel::Error, why);
  return status;
}

/// Lines go into the file, where there is one; what it does not take goes to standard error.
logging::LogBook::Write writer_to(std::optional<logging::LogFile>& file) {
  return [&file](const logging::LogLine& line) {
    if (!file || !file->write(line)) write_to_stderr(line.level, line.text);
  };
}

net::Response health(Steady::time_point started) {
  const auto uptime = std::chrono::duration_cast<Seconds>(Steady::now() - started);
  return {200,
          concat(R"({"status":"ok","version":")", RELEVO_VERSION, R"(","uptime_s":)", uptime.count(), "}")};
}

/// A shell or a service manager gives 1024 and lets a program take more.
void allow_descriptors(std::size_t connections, bool tls, const Log& log) {
  // A viewer who waits for his stream has two, by TLS four; providers, workers and files need theirs.
  const rlim_t wanted = (tls ? 4 : 2) * connections + 1000;
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min(wanted, limit.rlim_max);
  setrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur < wanted)
    log.write(LogLevel::Warning, concat("the system allows ", limit.rlim_cur, " open files, and ", wanted,
                                        " may be needed for ", connections, " connections"));
}

/// Without this every thread that once did something large keeps the memory for itself.
void share_memory() {
  mallopt(M_ARENA_MAX, 1);
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
  try {
    auto database = store::open_again(file);
    memory.penalties = store::load_penalties(database);
    memory.last_session = store::last_session(database);
  } catch (const sqlite::Failure& failure) {
    log.write(LogLevel::Error, concat("nothing is known of the time before: ", failure.what()));
  }
  return memory;
}

/// The file that is shown while no source works; "": none.
Result<std::string> find_slate(const std::string& wanted, const Log& log) {
  if (wanted == "none") return std::string();
  const bool stock = wanted == "stock";
  const char* folder = std::getenv("RELEVO_DATA");
  const auto file = stock ? concat(folder ? folder : RELEVO_DATA, "/slate.ts") : wanted;
  if (::access(file.c_str(), R_OK) == 0) return file;
  auto problem = concat("cannot read the slate ", file, ": ", std::strerror(errno));
  if (!stock) return fail(std::move(problem));
  log.write(LogLevel::Warning, concat(problem, "; viewers see none"));
  return std::string();
}

int serve(Config config) {
  share_memory();
  umask(S_IRWXG | S_IRWXO); // what is kept is its owner's alone
  std::optional<logging::LogFile> log_file;
  if (!config.log_file.empty()) {
    auto opened = logging::LogFile::open(
        {config.log_file, config.log_size << 20, static_cast<unsigned>(config.log_keep)});
    if (!opened) return refuse(kWrongConfig, opened.error().message);
    log_file = *std::move(opened);
  }
  logging::LogBook log_book(config.log_level, writer_to(log_file));
  // The book decides what is written: its level may change.
  const Log log(LogLevel::Debug,
                [&log_book](LogLevel level, std::string_view line) { log_book.take(level, line); });
  const auto loop = gx::Ref<GMainLoop>::adopt(g_main_loop_new(nullptr, FALSE));
  const auto end = [&loop] { g_main_loop_quit(loop.get()); };
  const auto on_term = gx::Source::on_signal(nullptr, SIGTERM, end);
  const auto on_int = gx::Source::on_signal(nullptr, SIGINT, end);

  const auto slate = find_slate(config.playback.slate, log);
  if (!slate) return refuse(kWrongConfig, slate.error().message);
  config.playback.slate = *slate;
  const auto state = State::open(config.state, log);
  if (!state) return refuse(kNoState, state.error().message);
  const bool tls = !config.tls_certificate.empty();
  allow_descriptors(config.connections, tls, log);
  history::Recorder recorder(state->database(), log,
                             {.most_events = static_cast<std::int64_t>(config.history_events),
                              .age = std::chrono::days(config.history_days)});
  admin::WebHooks hooks(state->database(), log);
  admin::Events events([&recorder, &hooks](model::PastEvent event) {
    hooks.on_event(event);
    recorder.record(std::move(event));
  });
  access::Guard guard(log, state->database(), config.access, [&events](const nlohmann::json& event) {
    events.publish(event, access::summarise(event));
  });
  net::Server server(log, {.connections = config.connections,
                           .connections_per_address = config.connections_per_address,
                           .trusted_proxies = config.trusted_proxies,
                           .guard = [&guard](const net::Request& request,
                                             net::Access access) { return guard.check(request, access); },
                           .upload_folder = state->temporary_folder()});
  server.serve({net::Method::Get, "/health", "whether the daemon lives",
                [started = Steady::now()](const net::Request&) { return health(started); }});
  const auto listening = server.listen(config.listen);
  if (!listening) return refuse(kCannotListen, listening.error().message);
  config.playback.reach.own_port = listening->port;
  const auto secretly =
      tls ? server.listen_tls({config.listen.address, config.tls_port}, config.tls_certificate)
          : Result<net::Endpoint>(net::Endpoint{});
  if (!secretly) return refuse(kCannotListen, secretly.error().message);
  admin::Tally tally;
  admin::AlertWatch alerts(state->database(), events, log);
  Playback playback(
      server, log, state->database(), config.streams, config.playback,
      [&events, &tally, &alerts](const sessions::Event& event) {
        tally.count(event);
        alerts.on_event(event);
        events.publish(admin::write_event(event), summarise(event));
      },
      remember(state->database(), recorder, log));
  admin::Api api(server, log, events, playback.sessions(), guard,
                 {state->database(), state->temporary_folder(), state->uploads_folder(), RELEVO_VERSION,
                  config.playback.reach, config.public_address.starts_with("https:"),
                  [renew = playback.renewer(), &alerts, &hooks] {
                    renew();
                    alerts.look();
                    hooks.look();
                  }});
  const admin::Monitor monitor(server, tally, playback.sessions(),
                               {state->database(), RELEVO_VERSION, [&recorder] { return recorder.lost(); },
                                [&recorder] { return find_obstacles(recorder); }});
  admin::serve_log(server, log_book);
  const outputs::Outputs outputs(server, log,
                                 {state->database(), state->temporary_folder(), config.public_address});
  api.begin();
  log.write(LogLevel::Info, concat("listening on ", net::write_endpoint(*listening)));
  if (tls) log.write(LogLevel::Info, concat("listening on ", net::write_endpoint(*secretly), " by TLS"));
  events.publish(
      {{"event", "daemon-started"}, {"version", RELEVO_VERSION}},
      concat("relevod " RELEVO_VERSION " started, listening on ", net::write_endpoint(*listening)));

  g_main_loop_run(loop.get());
  log.write(LogLevel::Info, "ending");
  events.publish({{"event", "daemon-ended"}}, "relevod ended as it was asked to");
  return kEnded;
}

int run(std::span<const char* const> arguments) {
  const auto options = parse_options(arguments);
  if (!options) return refuse(kWrongOption, concat(options.error().message, "; see relevod --help"));
  switch (options->action) {
  case Action::ShowHelp: std::fwrite(help_text().data(), 1, help_text().size(), stdout); return kEnded;
  case Action::ShowVersion: write_line(stdout, "relevod " RELEVO_VERSION); return kEnded;
  case Action::Serve: break;
  }
  const auto config = make_config(*options);
  if (!config) return refuse(kWrongConfig, config.error().message);
  try {
    return serve(*config);
  } catch (const sqlite::Failure& failure) {
    return refuse(kNoState, failure.what());
  }
}

} // namespace
} // namespace relevo::app

int main(int argc, char** argv) {
  return relevo::app::run(std::span<const char* const>(argv + 1, argv + argc));
}
