// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading of the command line: --name VALUE or --name=VALUE.
#include "app/options.hpp"

#include "base/text.hpp"

#include <array>
#include <utility>

namespace relevo::app {
namespace {

using SetValue = Result<void> (*)(Options&, std::string_view);

Result<void> set_config(Options& options, std::string_view value) {
  options.config_file = value;
  return {};
}

Result<void> set_listen(Options& options, std::string_view value) {
  return net::parse_endpoint(value).map([&options](net::Endpoint endpoint) {
    options.address = std::move(endpoint.address);
    options.port = endpoint.port;
  });
}

Result<void> set_port(Options& options, std::string_view value) {
  return net::parse_port(value).map([&options](std::uint16_t port) { options.port = port; });
}

Result<void> set_state(Options& options, std::string_view value) {
  if (value.empty()) return fail("the name of a folder is needed");
  options.state = value;
  return {};
}

Result<void> set_log_level(Options& options, std::string_view value) {
  return parse_log_level(value).map([&options](LogLevel level) { options.log_level = level; });
}

constexpr std::array<std::pair<std::string_view, SetValue>, 5> kValues = {{
    {"--config", set_config},
    {"--listen", set_listen},
    {"--log-level", set_log_level},
    {"--port", set_port},
    {"--state", set_state},
}};

SetValue find_value(std::string_view name) noexcept {
  for (const auto& [known, set] : kValues)
    if (known == name) return set;
  return nullptr;
}

} // namespace

Result<Options> parse_options(std::span<const char* const> arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--help" || argument == "--version") {
      options.action = argument == "--help" ? Action::ShowHelp : Action::ShowVersion;
      return options;
    }
    const auto equals = argument.find('=');
    const auto name = argument.substr(0, equals);
    const SetValue set = find_value(name);
    if (set == nullptr) return fail(concat("there is no option \"", argument, "\""), i);
    if (equals == std::string_view::npos && ++i == arguments.size())
      return fail(concat(name, " needs a value"), i - 1);
    const auto value =
        equals == std::string_view::npos ? std::string_view(arguments[i]) : argument.substr(equals + 1);
    if (auto done = set(options, value); !done) return fail(concat(name, ": ", done.error().message), i);
  }
  return options;
}

std::string_view help_text() noexcept {
  return "Usage: relevod [OPTION]...\n"
         "\n"
         "The Relevo daemon: television from unreliable sources, over HTTP.\n"
         "\n"
         "  --config FILE           read settings from FILE; the options below win over it\n"
         "  --listen ADDRESS:PORT   listen there only; IPv6 in brackets, * for every address\n"
         "  --port PORT             listen on PORT (default 8383; 0: the system chooses, the log tells)\n"
         "  --state FOLDER          where the database is kept (default: $STATE_DIRECTORY, or relevo\n"
         "                          in $XDG_STATE_HOME or ~/.local/state)\n"
         "  --log-level LEVEL       error, warning, info (default) or debug\n"
         "  --version               print the version and exit\n"
         "  --help                  print this text and exit\n"
         "\n"
         "Examples:\n"
         "  relevod                                  every address, IPv4 and IPv6, port 8383\n"
         "  relevod --listen 127.0.0.1:8383          this machine only\n"
         "  relevod --listen '[::1]:8383'            the same over IPv6\n"
         "  relevod --config /etc/relevo/relevod.conf --log-level debug\n"
         "  curl http://127.0.0.1:8383/health\n"
         "\n"
         "SIGTERM and SIGINT end it. Exit status: 0 ended as asked, 2 wrong option, 3 configuration "
         "unreadable\n"
         "or wrong, 4 cannot listen, 5 the state cannot be used.\n";
}

Result<Config> make_config(const Options& options) {
  Config config;
  if (options.config_file) {
    auto loaded = load_config(*options.config_file);
    if (!loaded) return loaded;
    config = *std::move(loaded);
  }
  if (options.address) config.listen.address = *options.address;
  if (options.port) config.listen.port = *options.port;
  if (options.state) config.state = *options.state;
  if (options.log_level) config.log_level = *options.log_level;
  return config;
}

} // namespace relevo::app
