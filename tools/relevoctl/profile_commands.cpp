// SPDX-License-Identifier: LGPL-2.1-or-later
// How streams are read: profiles, and who uses which.
#include "base/text.hpp"
#include "command.hpp"
#include "lookup.hpp"
#include "output.hpp"

namespace relevo::ctl {
namespace {

int list_profiles(Api& api, Words words) {
  const Arguments none(words, {});
  Table table({"NAME", "KIND", "COMMAND"});
  for (const auto& profile : api.get(std::string(kStreamProfile.path)))
    table.add({profile.at("name"), profile.at("kind"), profile.at("command")});
  print(table.text());
  return kGood;
}

int add_profile(Api& api, Words words) {
  const Arguments arguments(words, {"NAME"}, {"--command", "--user-agent"}, {"--redirect"});
  const auto command = arguments.value("--command");
  if (command && arguments.has("--redirect"))
    throw UsageError("a profile has a --command, or it is a --redirect");
  const char* kind = command ? "command" : arguments.has("--redirect") ? "redirect" : "proxy";
  api.post(std::string(kStreamProfile.path), {{"name", arguments.operand(0)},
                                              {"kind", kind},
                                              {"command", command.value_or("")},
                                              {"user_agent", arguments.value("--user-agent").value_or("")}});
  return kGood;
}

int remove_profile(Api& api, Words words) {
  const Arguments arguments(words, {"NAME"});
  api.remove(find(api, kStreamProfile, arguments.operand(0)));
  return kGood;
}

/// The path of a channel that is called by its uuid, its number, or its name where that is the only one.
std::string find_channel(Api& api, const std::string& called) {
  std::vector<std::int64_t> found;
  api.each("/channels", [&](const Json& channel) {
    for (const char* by : {"uuid", "number", "name"})
      if (channel.at(by) == called) return found.push_back(channel.at("id"));
  });
  if (found.empty()) throw Failed(concat("there is no channel ", quote(called)));
  if (found.size() > 1) throw Failed(concat("there are several channels ", quote(called), ": say the uuid"));
  return concat("/channels/", found.front());
}

int use_profile(Api& api, Words words) {
  const Arguments arguments(words, {"NAME"}, {"--channel", "--stream"});
  const auto& name = arguments.operand(0);
  Json id;
  if (name != "-") id = api.get(find(api, kStreamProfile, name)).at("id");
  std::vector<std::string> paths;
  for (const auto& channel : arguments.values("--channel"))
    paths.push_back(find_channel(api, channel));
  for (const auto& stream : arguments.values("--stream"))
    paths.push_back("/streams/" + percent_encode(stream));
  if (paths.empty()) throw UsageError("by which --channel, or --stream?");
  for (const auto& path : paths)
    api.patch(path, {{"stream_profile", id}});
  return kGood;
}

} // namespace

std::vector<Command> profile_commands() {
  return {
      {"stream-profiles", "list", list_profiles},
      {"stream-profiles", "add", add_profile},
      {"stream-profiles", "remove", remove_profile},
      {"stream-profiles", "use", use_profile},
  };
}

} // namespace relevo::ctl
