// SPDX-License-Identifier: LGPL-2.1-or-later
#include "app/options.hpp"

#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace relevo;
using namespace relevo::app;

namespace {

Result<Options> parse(std::vector<const char*> arguments) {
  return parse_options(arguments);
}

} // namespace

TEST_CASE("options with their values") {
  CHECK(*parse({}) == Options{});
  CHECK(parse({"--help", "--nonsense"})->action == Action::ShowHelp);
  CHECK(parse({"--port", "1", "--version"})->action == Action::ShowVersion);
  CHECK(parse({"--config", "a=b.conf"})->config_file == "a=b.conf");
  CHECK(parse({"--config=a=b.conf"})->config_file == "a=b.conf");
  CHECK(parse({"--port=0"})->port == 0);
  CHECK(parse({"--log-level", "warning"})->log_level == LogLevel::Warning);
  const auto both = parse({"--listen", "[::1]:1", "--port", "2"});
  CHECK(both->address == "::1");
  CHECK(both->port == 2);
}

TEST_CASE("wrong options are refused with the reason") {
  struct Row {
    std::vector<const char*> arguments;
    const char* message;
  };
  const Row rows[] = {
      {{"--prot", "1"}, "there is no option \"--prot\""},
      {{"--prot=1"}, "there is no option \"--prot=1\""},
      {{"file"}, "there is no option \"file\""},
      {{""}, "there is no option \"\""},
      {{"--help=yes"}, "there is no option \"--help=yes\""},
      {{"--port"}, "--port needs a value"},
      {{"--port="}, "--port: \"\" is no port (0 to 65535)"},
      {{"--port", "99999"}, "--port: \"99999\" is no port (0 to 65535)"},
      {{"--listen", "8383"}, "--listen: \"8383\" is not ADDRESS:PORT"},
      {{"--log-level", "loud"}, "--log-level: \"loud\" is no log level (error, warning, info, debug)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    const auto options = parse(row.arguments);
    REQUIRE_FALSE(options);
    CHECK(options.error().message == std::string(row.message));
  }
}

TEST_CASE("options win over the configuration") {
  CHECK(*make_config({}) == Config{});
  Options options;
  options.config_file = RELEVOD_CONF;
  options.port = 1;
  options.log_level = LogLevel::Error;
  options.state = "/srv/tv";
  CHECK(*make_config(options) == Config{{"", 1}, "/srv/tv", LogLevel::Error});
  options.address = "::1";
  CHECK(*make_config(options) == Config{{"::1", 1}, "/srv/tv", LogLevel::Error});
  options.config_file = "/nowhere";
  CHECK_FALSE(make_config(options));
}
