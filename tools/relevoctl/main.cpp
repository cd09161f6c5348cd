// SPDX-License-Identifier: LGPL-2.1-or-later
// relevoctl: tells a running relevod what to do, over its admin API.
#include "base/text.hpp"
#include "command.hpp"
#include "file.hpp"
#include "output.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace relevo::ctl;
using relevo::concat;
using relevo::quote;

constexpr std::string_view kHelp = R"(usage: relevoctl [--url URL] COMMAND …

Tells a running relevod what to do.

commands:
  accounts list
  accounts add NAME LOCATION [--kind m3u|xtream|database|manual] [--login USER:PASSWORD] [--refresh PLAN]
                         PLAN: hours, as 12h; a line of cron; or "": never by itself (default: 24h, and now)
  accounts refresh NAME [--accept-losses] [--dry-run]
                         waits until it is done; --dry-run tells what would change, and changes nothing
  accounts upload NAME FILE
                         a playlist for an account whose LOCATION is "", and reads it
  accounts remove NAME   with its streams
  groups list ACCOUNT
  groups sync ACCOUNT GROUP [--numbering fixed|provider|next-free] [--first N] [--last N] [--include REGEX]
      [--exclude REGEX] [--search REGEX --replacement TEXT] [--group NAME] [--no-merge] | --off
                         from now on channels are made of its live streams: numbered from the first to the last
                         number, renamed, and merged with those of other accounts that are the same channel
  guides list
  guides add NAME LOCATION [--refresh PLAN]
  guides refresh NAME [--accept-losses]
  guides match           finds guides for channels; a refresh does so, too
  guides review          candidates for channels for which you should choose
  guides remove NAME
  channels list
  channels add NAME [--number N] [--group GROUP] [--stream ID]…
                         prints its uuid; the first stream is tried first
  channels sync [--dry-run]
                         makes and changes channels as the groups of accounts tell; a refresh does so, too
  streams list [--search TEXT]
  stream-profiles list
  stream-profiles add NAME [--command COMMAND | --redirect] [--user-agent TEXT]
                         another way to read streams: by a program that writes MPEG-TS to its standard output, with
                         {streamUrl}, {userAgent} and {channelId}; or by sending players to the provider
  stream-profiles use NAME|- [--channel NUMBER|NAME|UUID]… [--stream ID]…
                         how they are read from now on; -: a channel as each of its streams says, a stream as usual
  stream-profiles remove NAME
  sessions               what plays now, from where, and who watches it
  events [--channel NUMBER|NAME] [--kind KIND] [--limit N] [--follow]
                         what has happened, and why: the last 50, or N; --follow goes on until it is ended
  alerts [--state open|acknowledged|closed]
                         what needs a person
  alerts acknowledge ID  you have seen it
  alerts clear ID        it is over
  users list
  users add NAME [--role viewer|operator|administrator] [--streams N] [--priority N] [--profile NAME]…
      [--network NETWORK]…
                         asks for the password, or reads it as a line from the standard input; --streams: that may be
                         watched at once; --priority: who gets a connection before others, where the configuration
                         says preempt; --profile: the only channels that are seen
  users set NAME [--name NEW] [--role R] [--streams N] [--priority N] [--profile NAME]… | [--all-channels]
      [--network NETWORK]… | [--any-network] [--enable | --disable]
  users password NAME    another one; he is logged out everywhere
  users token NAME [--renew]
                         for his players: http://…/playlist.m3u?token=TOKEN; a new one ends the old one
  users remove NAME
  keys list
  keys add NAME [--role viewer|operator|administrator]
                         prints an API key, this once, for the header "Authorization: Bearer KEY"
  keys remove NAME
  devices list
  devices add NAME MAC --user NAME
                         a box or player that asks a Stalker portal and shows its MAC: it watches as that user
  devices set NAME [--name NEW] [--mac MAC] [--user NAME] [--enable | --disable]
  devices remove NAME
  backup FILE            the whole database
  export FILE|-          the configuration as JSON: accounts with their logins, guides, channels with their streams
  import FILE|-          takes over an exported configuration; what has the same name is replaced, all else stays

An export holds PASSWORDS, and addresses that hold passwords, in clear. In a backup they are sealed: it is of use only
together with relevo.key from the daemon's state folder, so keep a copy of that, elsewhere. Files are made readable
for their owner alone. Other users of this machine may see a password that is given with --login while it runs.
Streams of an export are known again by what they are, so it can go into an empty database: they work once their
accounts were refreshed.

options:
  --url URL   of the daemon (default: http://127.0.0.1:8383); from another machine it wants an API key, in the
              environment variable RELEVO_KEY
  --help      this text
  --          what follows is no option, also where it begins with a -

Exit status: 0; 1 when it was not done, or not all of it; 2 when the call is wrong or a file cannot be used.

examples:
  relevoctl accounts add Home http://provider.example/get.m3u
  relevoctl accounts add Panel http://panel.example:8080 --kind xtream --login joe:secret
  relevoctl accounts refresh Home --dry-run
  relevoctl groups sync Home "UK | News" --first 100 --last 199
  relevoctl channels sync --dry-run
  relevoctl streams list --search "news"
  relevoctl channels add News --number 5.1 --stream 17 --stream 230
  relevoctl stream-profiles use FFmpeg --channel 5.1
  relevoctl events --channel News --follow
  relevoctl export - | ssh other-machine relevoctl import -
)";

std::vector<Command> all_commands() {
  auto all = source_commands();
  for (const auto& more : {making_commands(), channel_commands(), profile_commands(), history_commands(),
                           transfer_commands(), user_commands()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

/// Takes --url VALUE or --url=VALUE off the front of the words.
std::string take_url(Words& words) {
  constexpr std::string_view kOption = "--url";
  std::string url = "http://127.0.0.1:8383";
  while (!words.empty() && words[0].starts_with(kOption)) {
    if (words[0].starts_with("--url=")) {
      url = words[0].substr(kOption.size() + 1);
      words = words.subspan(1);
    } else if (words[0] == kOption) {
      if (words.size() < 2) throw UsageError("--url needs a value");
      url = words[1];
      words = words.subspan(2);
    } else {
      break;
    }
  }
  return url;
}

const Command& find(const std::vector<Command>& commands, Words words) {
  if (words.empty()) throw UsageError("which command? See relevoctl --help");
  bool known = false;
  for (const auto& command : commands) {
    if (command.topic != words[0]) continue;
    known = true;
    if (command.verb.empty() || (words.size() > 1 && command.verb == words[1])) return command;
  }
  if (!known) throw UsageError(concat("there is no command ", quote(words[0]), ". See relevoctl --help"));
  throw UsageError(words.size() < 2 ? concat(words[0], ": to do what? See relevoctl --help")
                                    : concat("there is no command \"", words[0], " ", words[1],
                                             "\". See relevoctl --help"));
}

bool asks_for_help(Words words) {
  const auto end = std::ranges::find(words, std::string_view("--"));
  return std::any_of(words.begin(), end,
                     [](std::string_view word) { return word == "--help" || word == "-h"; });
}

int run(Words words) {
  if (asks_for_help(words)) {
    print(kHelp);
    return kGood;
  }
  const char* key = std::getenv("RELEVO_KEY");
  Api api(take_url(words), key ? key : "");
  const auto commands = all_commands();
  const auto& command = find(commands, words);
  return command.run(api, words.subspan(command.verb.empty() ? 1 : 2));
}

} // namespace

int main(int argc, char** argv) {
  const std::vector<std::string_view> words(argv + 1, argv + std::max(argc, 1));
  try {
    return run(words);
  } catch (const relevo::tool::OutputClosed&) {
    return kTrouble;
  } catch (const Failed& failure) {
    std::fprintf(stderr, "relevoctl: %s\n", failure.what());
    return kBad;
  } catch (const Json::exception&) {
    std::fputs("relevoctl: the answer is not what this version of relevoctl knows\n", stderr);
    return kBad;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "relevoctl: %s\n", error.what());
    return kTrouble;
  }
}
