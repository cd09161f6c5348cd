// SPDX-License-Identifier: LGPL-2.1-or-later
#include "app/config.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <string>

using namespace relevo;
using namespace relevo::app;

TEST_CASE("the commented default file sets every key, to the built-in default") {
  const auto config = load_config(RELEVOD_CONF);
  REQUIRE(config);
  CHECK(*config == Config{});

  // A second value for a key that is set is refused: so the file sets it.
  std::ifstream stream(RELEVOD_CONF);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  for (const char* key : {"[server]\naddress = *",
                          "[server]\nport = 1",
                          "[server]\ntls_port = 1",
                          "[server]\ntls_certificate = x",
                          "[server]\nconnections = 1",
                          "[server]\nconnections_per_address = 1",
                          "[server]\ntrusted_proxies = ::1",
                          "[state]\nfolder = x",
                          "[access]\nlocal_programs = no",
                          "[access]\nui_networks = ::1",
                          "[access]\napi_networks = ::1",
                          "[access]\nstream_networks = ::1",
                          "[access]\nopen_networks = ::1",
                          "[access]\nstreams = 1",
                          "[log]\nlevel = info",
                          "[history]\nevents = 1",
                          "[history]\ndays = 1",
                          "[log]\nfile =",
                          "[log]\nsize = 1",
                          "[log]\nkeep = 1",
                          "[outputs]\npublic_address =",
                          "[hdhomerun]\ndiscovery = yes",
                          "[hdhomerun]\nprofiles =",
                          "[hdhomerun]\nports =",
                          "[hdhomerun]\ndevice_port = 1",
                          "[hdhomerun]\ntuners = 1",
                          "[playback]\nlinger = 1",
                          "[playback]\nopening = 1",
                          "[playback]\nstream_profile = VLC",
                          "[playback]\nwhen_full = wait",
                          "[playback]\nwait_limit = 1",
                          "[playback]\npreempt = yes",
                          "[playback]\nneighbours = 1",
                          "[playback]\nslate = none",
                          "[playback]\nprovider_connections = 1",
                          "[fetch]\nallow_private = own",
                          "[fetch]\nnetworks ="}) {
    CAPTURE(key);
    const auto twice = parse_config(text + key);
    REQUIRE_FALSE(twice);
    CHECK(twice.error().message.find("is set twice") != std::string::npos);
  }
}

TEST_CASE("a configuration changes the defaults it names") {
  CHECK(*parse_config("") == Config{});
  CHECK(*parse_config("# only\n\n  # comments\r\n[server]\n") == Config{});
  CHECK(*parse_config("[server]\r\n  port=1  \r\naddress = ::1\r\n[log]\nlevel = debug") ==
        Config{{"::1", 1}, "", LogLevel::Debug});
  CHECK(*parse_config("[server]\nconnections = 7\nconnections_per_address = 3\n"
                      "trusted_proxies = 10.0.0.0/8, ::1") ==
        Config{.connections = 7,
               .connections_per_address = 3,
               .trusted_proxies = *net::parse_networks("10.0.0.0/8 ::1")});
  CHECK(*parse_config("[server]\ntls_port = 443\ntls_certificate = /etc/tv.pem") ==
        Config{.tls_port = 443, .tls_certificate = "/etc/tv.pem"});
  CHECK(*parse_config(
            "[log]\nlevel = error\n[ server ]\naddress = 10.0.0.1\n[state]\nfolder = /srv/tv\n[log]") ==
        Config{{"10.0.0.1", 8383}, "/srv/tv", LogLevel::Error});
  CHECK(*parse_config(
            "[hdhomerun]\ndiscovery = no\nprofiles = Kids, , The others ,\nports = 80\ndevice_port = 0\n"
            "tuners = 4") == Config{.hdhomerun = {false, {"Kids", "The others"}, {80}, 0, 4}});
  CHECK(parse_config("[hdhomerun]\nports =")->hdhomerun.ports.empty());
  CHECK_FALSE(parse_config("[hdhomerun]\nports = 80, x"));
  CHECK_FALSE(parse_config("[hdhomerun]\ntuners = 33"));
  CHECK_FALSE(parse_config("[hdhomerun]\ndiscovery = maybe"));
  CHECK(*parse_config("[history]\nevents = 5\ndays = 7") == Config{.history_events = 5, .history_days = 7});
  CHECK_FALSE(parse_config("[history]\ndays = 3651"));
  CHECK(*parse_config("[log]\nfile = /var/log/relevod.log\nsize = 1\nkeep = 2") ==
        Config{.log_file = "/var/log/relevod.log", .log_size = 1, .log_keep = 2});
  const auto playback = parse_config("[playback]\nlinger = 0\nopening = 60\nprovider_connections = 4\n"
                                     "slate = /srv/wait.ts")
                            ->playback;
  CHECK(playback.linger == std::chrono::seconds{0});
  CHECK(playback.opening == std::chrono::minutes{1});
  CHECK(playback.most_connections == 4);
  CHECK(playback.slate == "/srv/wait.ts");
  const auto full = parse_config("[playback]\nwhen_full = wait\nwait_limit = 20\npreempt = yes")->playback;
  CHECK(full.when_full == sessions::WhenFull::Wait);
  CHECK(full.wait_limit == std::chrono::seconds{20});
  CHECK(full.preempt);
  const auto reach = parse_config("[fetch]\nallow_private = never\nnetworks = 10.0.0.0/8")->playback.reach;
  CHECK(reach.allow_private == ip::AllowPrivate::Never);
  CHECK(reach.networks == *ip::parse_networks("10.0.0.0/8"));
  const auto access =
      parse_config("[access]\nlocal_programs = no\nui_networks = ::1\nopen_networks =\nstreams = 9");
  REQUIRE(access);
  CHECK(access->access ==
        access::Rules{.local_programs = false, .ui = *net::parse_networks("::1"), .open = {}});
  CHECK(access->streams == 9);
  CHECK(parse_config("[access]\nstreams = 0")->streams == 0);
  CHECK(parse_config("[outputs]\npublic_address = https://tv.example/relevo/")->public_address ==
        "https://tv.example/relevo");
}

TEST_CASE("a wrong configuration is refused with line, place and reason") {
  struct Row {
    const char* text;
    std::size_t line;
    const char* message;
  };
  const Row rows[] = {
      {"port = 1", 1, "\"port\" stands before any [group]"},
      {"\n[sever]\n", 2, "there is no group [sever]"},
      {"[server", 1, "\"[server\" lacks its closing bracket"},
      {"[server]\nport\n", 2, "\"port\" is no [group], no key = value and no # comment"},
      {"[server]\nprot = 1\n", 2, "there is no key \"prot\" in [server]"},
      {"[log]\nport = 1\n", 2, "there is no key \"port\" in [log]"},
      {"[server]\nport = 1\n\nport = 1\n", 4, "[server] port is set twice"},
      {"[server]\nport = http\n", 2, "[server] port: \"http\" is no port (0 to 65535)"},
      {"[server]\nport =\n", 2, "[server] port: \"\" is no port (0 to 65535)"},
      {"[server]\naddress = here\n", 2, "[server] address: \"here\" is no IPv4 or IPv6 address and not *"},
      {"[server]\ntls_port = -1\n", 2, "[server] tls_port: \"-1\" is no port (0 to 65535)"},
      {"[server]\nconnections = 0\n", 2, "[server] connections: \"0\" is no number from 1 to 100000"},
      {"[server]\nconnections_per_address = many\n", 2,
       "[server] connections_per_address: \"many\" is no number from 1 to 100000"},
      {"[server]\ntrusted_proxies = ::1, home\n", 2,
       "[server] trusted_proxies: \"home\" is no IPv4 or IPv6 address and no network of them"},
      {"[access]\nlocal_programs = true\n", 2, "[access] local_programs: \"true\" is not yes or no"},
      {"[access]\nstreams = -1\n", 2, "[access] streams: \"-1\" is no number from 1 to 100000"},
      {"[access]\nopen_networks = home\n", 2,
       "[access] open_networks: \"home\" is no IPv4 or IPv6 address and no network of them"},
      {"[outputs]\npublic_address = tv.example", 2,
       "[outputs] public_address: \"tv.example\" is no address like http://tv.lan:8383 or "
       "https://tv.example/relevo"},
      {"[playback]\nlinger = 1 minute", 2,
       "[playback] linger: \"1 minute\" is no number of seconds from 0 to 3600"},
      {"[playback]\nprovider_connections = none", 2,
       "[playback] provider_connections: \"none\" is no number; 0 is any number of connections"},
      {"[playback]\nwhen_full = queue", 2, "[playback] when_full: \"queue\" is not refuse and not wait"},
      {"[playback]\nwait_limit = soon", 2,
       "[playback] wait_limit: \"soon\" is no number of seconds from 0 to 3600"},
      {"[playback]\nneighbours = 6", 2, "[playback] neighbours: \"6\" is no number from 0 to 5"},
      {"[playback]\npreempt = maybe", 2, "[playback] preempt: \"maybe\" is not yes and not no"},
      {"[playback]\nstream_profile =", 2,
       "[playback] stream_profile: the name of a stream profile is needed"},
      {"[playback]\nslate = wait.ts", 2,
       "[playback] slate: \"wait.ts\" is not stock, not none and no absolute path"},
      {"[fetch]\nallow_private = yes", 2, "[fetch] allow_private: \"yes\" is none of own, always and never"},
      {"[fetch]\nnetworks = home", 2,
       "[fetch] networks: \"home\" is no IPv4 or IPv6 address and no network of them"},
      {"[log]\nlevel = loud", 2, "[log] level: \"loud\" is no log level (error, warning, info, debug)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto config = parse_config(row.text);
    REQUIRE_FALSE(config);
    CHECK(config.error().message == row.message);
    CHECK(config.error().offset == row.line);
  }
}

TEST_CASE("a file that cannot be read is refused with its name and the reason") {
  CHECK(load_config("/nowhere/relevod.conf").error().message ==
        "cannot read /nowhere/relevod.conf: No such file or directory");
  CHECK(load_config("/").error().message == "cannot read /: Is a directory");
}
