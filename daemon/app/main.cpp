// SPDX-License-Identifier: LGPL-2.1-or-later
// relevod: reads options and configuration, listens, and serves until it is asked to end.
#include "admin/settings.hpp"
#include "app/config.hpp"
#include "app/options.hpp"
#include "app/settings_list.hpp"
#include "app/state.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "gx/context.hpp"
#include "logging/log_book.hpp"
#include "logging/log_output.hpp"
#include "services.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
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

/// As people know them.
using Addresses = std::vector<std::string>;

/// On the port by TLS, too, where there is a certificate. From then on `config` knows its own port.
Result<Addresses> listen(net::Server& server, Config& config) {
  const auto plain = server.listen(config.listen);
  if (!plain) return tl::unexpected(plain.error());
  config.playback.reach.own_port = plain->port;
  Addresses addresses{net::write_endpoint(*plain)};
  if (config.tls_certificate.empty()) return addresses;
  const auto secret = server.listen_tls({config.listen.address, config.tls_port}, config.tls_certificate);
  if (!secret) return tl::unexpected(secret.error());
  addresses.push_back(concat(net::write_endpoint(*secret), " by TLS"));
  return addresses;
}

int work(Config config, const model::Settings& settings, logging::LogBook& book, const Log& log) {
  const auto loop = gx::Ref<GMainLoop>::adopt(g_main_loop_new(nullptr, FALSE));
  const auto end = [&loop] { g_main_loop_quit(loop.get()); };
  const auto on_term = gx::Source::on_signal(nullptr, SIGTERM, end);
  const auto on_int = gx::Source::on_signal(nullptr, SIGINT, end);

  const auto slate = find_slate(config.playback.slate, log);
  if (!slate) return refuse(kWrongConfig, slate.error().message);
  config.playback.slate = *slate;
  const auto state = State::open(config.state, log);
  if (!state) return refuse(kNoState, state.error().message);
  allow_descriptors(config.connections, !config.tls_certificate.empty(), log);
  Base base(config, *state, log);
  const auto addresses = listen(base.server, config);
  if (!addresses) return refuse(kCannotListen, addresses.error().message);
  Services services(base, config, *state, book, log);
  admin::serve_settings(base.server, settings);
  services.api.begin();
  for (const auto& address : *addresses)
    log.write(LogLevel::Info, concat("listening on ", address));
  base.events.publish({{"event", "daemon-started"}, {"version", RELEVO_VERSION}},
                      concat("relevod " RELEVO_VERSION " started, listening on ", addresses->front()));

  g_main_loop_run(loop.get());
  log.write(LogLevel::Info, "ending");
  base.events.publish({{"event", "daemon-ended"}}, "relevod ended as it was asked to");
  return kEnded;
}

int serve(const Config& config, const model::Settings& settings) {
  share_memory();
  umask(S_IRWXG | S_IRWXO); // what is kept is its owner's alone
  std::optional<logging::LogFile> log_file;
  if (!config.log_file.empty()) {
    auto opened = logging::LogFile::open(
        {config.log_file, config.log_size << 20, static_cast<unsigned>(config.log_keep)});
    if (!opened) return refuse(kWrongConfig, opened.error().message);
    log_file = *std::move(opened);
  }
  logging::LogBook book(config.log_level, writer_to(log_file));
  // The book decides what is written: its level may change.
  const Log log(LogLevel::Debug, [&book](LogLevel level, std::string_view line) { book.take(level, line); });
  return work(config, settings, book, log);
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
  const auto settings = list_settings(*options);
  if (!settings) return refuse(kWrongConfig, settings.error().message);
  try {
    return serve(*config, *settings);
  } catch (const sqlite::Failure& failure) {
    return refuse(kNoState, failure.what());
  }
}

} // namespace
} // namespace relevo::app

int main(int argc, char** argv) {
  return relevo::app::run(std::span<const char* const>(argv + 1, argv + argc));
}
