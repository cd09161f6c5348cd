// SPDX-License-Identifier: LGPL-2.1-or-later
// Users, API keys and boxes.
#include "base/text.hpp"
#include "command.hpp"
#include "lookup.hpp"
#include "output.hpp"

#include <iostream>
#include <map>
#include <unistd.h>

namespace relevo::ctl {
namespace {

constexpr Kind kUser{"/users", "user"};
constexpr Kind kKey{"/keys", "key"};
constexpr Kind kDevice{"/devices", "box"};
constexpr Kind kProfile{"/profiles", "profile"};

/// Never in the words of a command, which other users of the machine can see.
std::string read_password() {
  if (::isatty(STDIN_FILENO) != 0) {
    const char* typed = ::getpass("Password: ");
    return typed ? typed : "";
  }
  std::string line;
  std::getline(std::cin, line);
  return line;
}

/// The number of the one with that name.
std::int64_t find_id(Api& api, const Kind& kind, const std::string& name) {
  const auto path = find(api, kind, name);
  return parse_number<std::int64_t>(path.substr(path.rfind('/') + 1)).value();
}

std::string join(const Json& texts) {
  std::string all;
  for (const auto& text : texts)
    all += concat(all.empty() ? "" : ", ", text.get<std::string>());
  return all;
}

std::string names_of(const Json& ids, const Json& profiles) {
  if (ids.is_null()) return "all";
  Json names = Json::array();
  for (const auto& profile : profiles)
    if (std::ranges::find(ids, profile.at("id")) != ids.end()) names.push_back(profile.at("name"));
  return names.empty() ? "none" : join(names);
}

int list_users(Api& api, Words words) {
  const Arguments none(words, {});
  const auto profiles = api.get("/profiles");
  Table table({"NAME", "ROLE", "STATE", "STREAMS", "PROFILES", "NETWORKS"});
  for (const auto& user : api.get("/users")) {
    const auto streams = user.at("streams").get<int>();
    table.add({user.at("name"), user.at("role"), user.at("enabled").get<bool>() ? "enabled" : "disabled",
               streams == 0 ? "any" : std::to_string(streams), names_of(user.at("profiles"), profiles),
               user.at("networks").empty() ? "any" : join(user.at("networks"))});
  }
  print(table.text());
  return kGood;
}

/// What the options of adding and changing say.
Json read_user(Api& api, const Arguments& arguments) {
  Json user = Json::object();
  if (const auto role = arguments.value("--role")) user["role"] = *role;
  for (const char* name : {"streams", "priority"}) {
    const auto option = concat("--", name);
    const auto value = arguments.value(option);
    if (!value) continue;
    const auto number = parse_number<int>(*value);
    if (!number) throw UsageError(concat(option, " needs a number"));
    user[name] = *number;
  }
  for (const auto& name : arguments.values("--profile"))
    user["profiles"].push_back(find_id(api, kProfile, name));
  for (const auto& network : arguments.values("--network"))
    user["networks"].push_back(network);
  return user;
}

int add_user(Api& api, Words words) {
  const Arguments arguments(words, {"NAME"}, {"--role", "--streams", "--priority", "--profile", "--network"});
  auto user = read_user(api, arguments);
  user["name"] = arguments.operand(0);
  user["password"] = read_password();
  api.post("/users", user);
  return kGood;
}

int set_user(Api& api, Words words) {
  const Arguments arguments(words, {"NAME"},
                            {"--name", "--role", "--streams", "--priority", "--profile", "--network"},
                            {"--all-channels", "--any-network", "--enable", "--disable"});
  auto user = read_user(api, arguments);
  if (const auto name = arguments.value("--name")) user["name"] = *name;
  if (arguments.has("--all-channels")) user["profiles"] = nullptr;
  if (arguments.has("--any-network")) user["networks"] = Json::array();
  if (arguments.has("--enable") || arguments.has("--disable")) user["enabled"] = arguments.has("--enable");
  if (user.empty()) throw UsageError("what is to be changed? See relevoctl --help");
  api.patch(find(api, kUser, arguments.operand(0)), user);
  return kGood;
}

int set_password(Api& api, Words words) {
  const Arguments arguments(words, {"NAME"});
  const auto path = find(api, kUser, arguments.operand(0));
  api.patch(path, {{"password", read_password()}});
  return kGood;
}

int show_token(Api& api, Words words) {
  const Arguments arguments(words, {"NAME"}, {}, {"--renew"});
  const auto path = find(api, kUser, arguments.operand(0));
  const auto user =
      arguments.has("--renew") ? api.post(path + "/stream-token", Json::object()) : api.get(path);
  print(concat(user.at("stream_token").get<std::string>(), "\n"));
  return kGood;
}

template <const Kind& kind>
int remove(Api& api, Words words) {
  const Arguments arguments(words, {"NAME"});
  api.remove(find(api, kind, arguments.operand(0)));
  return kGood;
}

int list_keys(Api& api, Words words) {
  const Arguments none(words, {});
  Table table({"NAME", "ROLE", "MADE"});
  for (const auto& key : api.get("/keys"))
    table.add({key.at("name"), key.at("role"), write_time(key.at("made").get<std::int64_t>())});
  print(table.text());
  return kGood;
}

int add_key(Api& api, Words words) {
  const Arguments arguments(words, {"NAME"}, {"--role"});
  const Json wanted = {{"name", arguments.operand(0)},
                       {"role", arguments.value("--role").value_or("viewer")}};
  print(concat(api.post("/keys", wanted).at("key").get<std::string>(), "\n"));
  return kGood;
}

int list_devices(Api& api, Words words) {
  const Arguments none(words, {});
  std::map<std::int64_t, std::string> users;
  for (const auto& user : api.get("/users"))
    users[user.at("id").get<std::int64_t>()] = user.at("name");
  Table table({"NAME", "MAC", "USER", "STATE", "SEEN"});
  for (const auto& device : api.get("/devices"))
    table.add({device.at("name"), device.at("mac"), users[device.at("user").get<std::int64_t>()],
               device.at("enabled").get<bool>() ? "enabled" : "disabled",
               device.at("seen").is_null() ? "never" : write_time(device.at("seen").get<std::int64_t>())});
  print(table.text());
  return kGood;
}

int add_device(Api& api, Words words) {
  const Arguments arguments(words, {"NAME", "MAC"}, {"--user"});
  const auto user = arguments.value("--user");
  if (!user) throw UsageError("--user is needed: as whom the box watches");
  api.post(
      "/devices",
      {{"name", arguments.operand(0)}, {"mac", arguments.operand(1)}, {"user", find_id(api, kUser, *user)}});
  return kGood;
}

int set_device(Api& api, Words words) {
  const Arguments arguments(words, {"NAME"}, {"--name", "--mac", "--user"}, {"--enable", "--disable"});
  Json device = Json::object();
  if (const auto name = arguments.value("--name")) device["name"] = *name;
  if (const auto mac = arguments.value("--mac")) device["mac"] = *mac;
  if (const auto user = arguments.value("--user")) device["user"] = find_id(api, kUser, *user);
  if (arguments.has("--enable") || arguments.has("--disable")) device["enabled"] = arguments.has("--enable");
  if (device.empty()) throw UsageError("what is to be changed? See relevoctl --help");
  api.patch(find(api, kDevice, arguments.operand(0)), device);
  return kGood;
}

} // namespace

std::vector<Command> user_commands() {
  return {
      {"users", "list", list_users},
      {"users", "add", add_user},
      {"users", "set", set_user},
      {"users", "password", set_password},
      {"users", "token", show_token},
      {"users", "remove", remove<kUser>},
      {"keys", "list", list_keys},
      {"keys", "add", add_key},
      {"keys", "remove", remove<kKey>},
      {"devices", "list", list_devices},
      {"devices", "add", add_device},
      {"devices", "set", set_device},
      {"devices", "remove", remove<kDevice>},
  };
}

} // namespace relevo::ctl
