// SPDX-License-Identifier: LGPL-2.1-or-later
// relevo-testprovider: the fault provider as a program of its own.
#include "provider/test_engine.hpp"
#include "provider/test_provider.hpp"

#include <csignal>
#include <cstdio>
#include <getopt.h>
#include <iostream>
#include <sstream>

using namespace relevo::provider;

namespace {

constexpr const char* kUsage =
    R"(Usage: relevo-testprovider --media FOLDER [OPTION]...
Plays an IPTV provider from transport stream files, with faults on demand.

  -m, --media FOLDER           where the clips (*.ts) are; default $RELEVO_TEST_MEDIA
  -p, --port PORT              default 0: a free one, which is printed
  -a, --address ADDRESS        default 127.0.0.1
  -c, --channel NAME=CLIP      may be repeated; default: one channel per clip
  -l, --login USER:PASSWORD:MAX  a login that may have MAX connections; may be repeated
  -r, --rows N                 of the lists of accounts; default: one row for each channel
  -s, --seed N                 of the rows that are made up; default 1
  -e, --engine PORT            play an AceStream engine, too; 0: a free one, which is printed
  -h, --help

URLs, each also as /live/USER/PASSWORD/... with the limit of that login:
  /live/CHANNEL.ts             endless MPEG-TS
  /live/CHANNEL.m3u8           HLS media playlist (also /live/CHANNEL/media.m3u8, /live/CHANNEL?type=hls)
  /live/CHANNEL/master.m3u8    HLS master playlist; variants=NAME,NAME adds other channels
  /playlist.m3u                all channels; type=hls, user=, password=; entry=ADDRESS adds one, may be repeated
  /stats                       connections, counters of channels and logins (JSON)
  /list.m3u                    a playlist of many rows; user=, password= for the URLs in it
  /guide.xml                   the guide of its rows
  /player_api.php              a panel (Xtream Codes): username=, password= of a login, action=get_live_streams ...,
                               category_id=; GET, and POST of a form
  /get.php                     its playlist; type=m3u_plus, output=m3u8, path=short for URLs without /live
  /xmltv.php                   its guide
  /logos/N.svg                 the logo of a row
  /live/USER/PASSWORD/ID.ts    a row: its channel, or those of the provider in turn; also .m3u8, and without /live
  /control/channel/NAME?fault=...&fault=...   for all its connections, from now on; none: all well again
  /control/lists?fault=...      for all lists, accounts and guides, from now on
  /control/login/USER?password=...&max=N      adds or changes a login

URLs of the engine, besides those of AceStream (/ace/getstream, /server/api, /webui/api/service, /search):
  /playlist.m3u                all channels by their content ids
  /stats                       sessions opened, open, stopped ..., and requests (JSON)
  /control/channel/CLIP?fault=...   /control/all?fault=...   /control/notice/CLIP?name=...&params={...}

Query parameters of streams:
  speed=N     N times real time, the times of faults too; MPEG-TS: 0 as fast as it is taken
  burst=S     MPEG-TS: send S seconds at once at the start
  pcr=S       MPEG-TS: let the clock begin there instead of where the clip's does
  chunked=1   MPEG-TS: send the body in chunks
  piece=N     MPEG-TS: send N bytes at a time (1316: seven packets), evenly; without it, blocks of 40 ms
  seed=N      of the random faults
  window=N, target=S   HLS: segments in the playlist, least length of one
  aes=1, byteranges=1  HLS: encrypt with AES-128, address segments as byte ranges
  vod=1                HLS: the window is all there is, and will be
  rows=N, seed=N       lists: how many rows, other ones
  chunked=1            lists: send the body in chunks
  start=S, programmes=N  guides: the first begins at S (Unix time), N for each channel
  fault=NAME[:VALUE][@FROM[-TO]]   may be repeated; times in seconds since the response (HLS: the first request
              of that URL) began. With FROM, hold, status, redirect, refuse and html need HLS or a control call.
              Lists take those marked so, refuse, hold, status, redirect, html, and stall, reset and truncate after
              half of the rows; none with times.

Faults:
)";

constexpr const char* kExamples = R"(
Examples:
  relevo-testprovider --media build/media --port 8000 --login joe:secret:1
  curl -o a.ts 'http://127.0.0.1:8000/live/joe/secret/h264_1080p25.ts?burst=2&fault=stall@10-20&fault=jump:-30@25'
  curl 'http://127.0.0.1:8000/control/channel/h264_1080p25?fault=corrupt:0.01&fault=reset@5-5.1'
  ffplay 'http://127.0.0.1:8000/live/h264_720p50/master.m3u8?aes=1&fault=missing:4@10'
  curl 'http://127.0.0.1:8000/player_api.php?username=joe&password=secret&action=get_live_streams&rows=250000'
  curl 'http://127.0.0.1:8000/list.m3u?rows=1000&fault=renamed:0.5&fault=host:other.test&fault=drip:9000'
  relevo-testprovider --media build/media --engine 6878
  curl 'http://127.0.0.1:6878/control/channel/h264_720p50?fault=prebuffer:20&fault=stall@40-60'
)";

void print_usage() {
  std::cout << kUsage;
  for (const FaultInfo& info : fault_table()) {
    const bool has_value = info.value != FaultInfo::Value::None;
    std::string name = "  " + std::string{info.name};
    if (has_value) name += info.value == FaultInfo::Value::Number ? ":N" : ":TEXT";
    name.resize(std::max<std::size_t>(name.size() + 1, 18), ' ');
    std::cout << name << info.meaning << '\n';
  }
  std::cout << kExamples;
}

/// Splits at every separator; empty unless that gives `count` parts that are not empty.
std::vector<std::string> split(const std::string& text, char separator, std::size_t count) {
  std::vector<std::string> parts;
  std::istringstream stream{text};
  for (std::string part; std::getline(stream, part, separator);)
    if (!part.empty()) parts.push_back(part);
  return parts.size() == count ? parts : std::vector<std::string>{};
}

bool is_number(const std::string& text, unsigned long max) {
  return !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos &&
         std::stoul(text) <= max;
}

struct Arguments {
  Options provider;
  std::optional<std::uint16_t> engine; // its port
};

/// One option; false when its value makes no sense.
bool take(int option, const std::string& value, Arguments& arguments) {
  Options& options = arguments.provider;
  switch (option) {
  case 'e':
    if (!is_number(value, 65535)) return false;
    arguments.engine = static_cast<std::uint16_t>(std::stoul(value));
    return true;
  case 'r':
    if (!is_number(value, 5000000)) return false;
    options.lists.rows = std::stoul(value);
    return true;
  case 's':
    if (!is_number(value, 999999999)) return false;
    options.lists.seed = static_cast<std::uint32_t>(std::stoul(value));
    return true;
  case 'm': options.media = value; return true;
  case 'a': options.address = value; return true;
  case 'p':
    if (!is_number(value, 65535)) return false;
    options.port = static_cast<std::uint16_t>(std::stoul(value));
    return true;
  case 'c': {
    const auto parts = split(value, '=', 2);
    if (!parts.empty()) options.channels.push_back({parts[0], parts[1]});
    return !parts.empty();
  }
  case 'l': {
    const auto parts = split(value, ':', 3);
    if (parts.empty() || !is_number(parts[2], 1000000)) return false;
    options.logins.push_back({parts[0], parts[1], std::stoul(parts[2])});
    return true;
  }
  default: return false;
  }
}

void serve_until_signal(const Arguments& arguments) {
  // Blocked before any thread starts, so that only sigwait() gets them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const TestProvider provider{arguments.provider};
  std::optional<TestEngine> engine;
  if (arguments.engine)
    engine.emplace(EngineOptions{
        .media = arguments.provider.media, .address = arguments.provider.address, .port = *arguments.engine});
  std::cout << "listening on " << provider.url("/") << std::endl;
  if (engine) std::cout << "engine on " << engine->url() << "/" << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
}

} // namespace

int main(int argc, char** argv) {
  constexpr option kLong[] = {
      {"media", required_argument, nullptr, 'm'},   {"port", required_argument, nullptr, 'p'},
      {"address", required_argument, nullptr, 'a'}, {"channel", required_argument, nullptr, 'c'},
      {"login", required_argument, nullptr, 'l'},   {"engine", required_argument, nullptr, 'e'},
      {"rows", required_argument, nullptr, 'r'},    {"seed", required_argument, nullptr, 's'},
      {"help", no_argument, nullptr, 'h'},          {nullptr, 0, nullptr, 0}};
  Arguments arguments;
  for (int c; (c = getopt_long(argc, argv, "m:p:a:c:l:e:r:s:h", kLong, nullptr)) != -1;) {
    if (c == 'h') return print_usage(), EXIT_SUCCESS;
    if (c == '?') return EXIT_FAILURE;
    if (take(c, optarg, arguments)) continue;
    std::cerr << "relevo-testprovider: '" << optarg << "' is not a value for -" << static_cast<char>(c)
              << '\n';
    return EXIT_FAILURE;
  }
  if (optind < argc)
    return std::cerr << "relevo-testprovider: what is '" << argv[optind] << "'?\n", EXIT_FAILURE;
  try {
    serve_until_signal(arguments);
  } catch (const std::exception& error) {
    std::cerr << "relevo-testprovider: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
