// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels, the streams behind them, and what needs a person.
#include "base/text.hpp"
#include "command.hpp"
#include "output.hpp"

#include <cmath>

namespace relevo::ctl {
namespace {

int list_channels(Api& api, Words words) {
  const Arguments none(words, {});
  Table table({"NUMBER", "NAME", "GROUP", "UUID"});
  api.each("/channels", [&table](const Json& channel) {
    const auto& number = channel.at("number");
    table.add({number.is_null() ? std::string() : number.get<std::string>(), channel.at("name"),
               channel.at("group"), channel.at("uuid")});
  });
  print(table.text());
  return kGood;
}

Json read_streams(const std::vector<std::string>& ids) {
  Json streams = Json::array();
  for (const auto& text : ids) {
    const auto id = parse_number<std::int64_t>(text);
    if (!id) throw UsageError(concat("--stream needs the number of a stream, not ", quote(text)));
    streams.push_back({{"stream", *id}});
  }
  return streams;
}

/// A channel whose streams are refused is not left behind.
int add_channel(Api& api, Words words) {
  const Arguments arguments(words, {"NAME"}, {"--number", "--group", "--stream"});
  const auto streams = read_streams(arguments.values("--stream"));
  Json wanted = {{"name", arguments.operand(0)}, {"group", arguments.value("--group").value_or("")}};
  if (const auto number = arguments.value("--number")) wanted["number"] = *number;
  const auto channel = api.post("/channels", wanted);
  const auto path = concat("/channels/", channel.at("id").get<std::int64_t>());
  try {
    api.put(path + "/streams", streams);
  } catch (const Failed&) {
    api.remove(path);
    throw;
  }
  print(concat(channel.at("uuid").get<std::string>(), "\n"));
  return kGood;
}

int list_streams(Api& api, Words words) {
  const Arguments arguments(words, {}, {"--search"});
  Table table({"ID", "KIND", "NAME", "GROUP", "STATE"});
  const auto search = arguments.value("--search");
  api.each(
      search ? concat("/streams?q=", percent_encode(*search)) : "/streams", [&table](const Json& stream) {
        table.add({std::to_string(stream.at("id").get<std::int64_t>()), stream.at("kind"), stream.at("name"),
                   stream.at("group"), stream.at("missing_since").is_null() ? "" : "missing"});
      });
  print(table.text());
  return kGood;
}

/// As "720p50 H.264 4.2 Mbit/s".
std::string describe_facts(const Json& facts) {
  std::string text;
  if (const auto video = facts.find("video"); video != facts.end()) {
    const auto height = video->at("height").get<unsigned>();
    if (height != 0)
      text = concat(height, video->at("interlaced").get<bool>() ? "i" : "p",
                    std::lround(video->at("frames_per_second").get<double>()), ' ');
    text += concat(video->at("codec").get<std::string>(), ' ');
  }
  const auto tenths = std::lround(facts.at("bits_per_second").get<double>() / 1e5);
  return text + concat(tenths / 10, '.', tenths % 10, " Mbit/s");
}

int list_sessions(Api& api, Words words) {
  const Arguments none(words, {});
  Table table({"CHANNEL", "STATE", "SOURCE", "STREAM", "SWITCHES", "VIEWERS"});
  for (const auto& session : api.get("/sessions")) {
    std::string source, viewers;
    for (const auto& candidate : session.at("candidates"))
      if (candidate.at("id") == session.at("current")) source = candidate.at("label");
    for (const auto& viewer : session.at("viewers"))
      viewers += concat(viewers.empty() ? "" : ", ", viewer.at("address").get<std::string>());
    table.add({session.at("channel_name"), session.at("state"), source, describe_facts(session.at("facts")),
               std::to_string(session.at("switches").get<std::uint64_t>()), viewers});
  }
  print(table.text());
  return kGood;
}

int list_alerts(Api& api, Words words) {
  const Arguments arguments(words, {}, {"--state"});
  const auto state = arguments.value("--state");
  Table table({"ID", "RAISED", "STATE", "KIND", "MESSAGE"});
  for (const auto& alert : api.get(state ? concat("/alerts?state=", percent_encode(*state)) : "/alerts")) {
    const char* now = !alert.at("closed").is_null()         ? "closed"
                      : !alert.at("acknowledged").is_null() ? "acknowledged"
                                                            : "open";
    table.add({std::to_string(alert.at("id").get<std::int64_t>()),
               write_time(alert.at("raised").get<std::int64_t>()), now, alert.at("kind"),
               alert.at("message")});
  }
  print(table.text());
  return kGood;
}

std::string alert_path(const Arguments& arguments) {
  const auto& id = arguments.operand(0);
  if (!parse_number<std::int64_t>(id)) throw UsageError(concat("ID is a number, not ", quote(id)));
  return concat("/alerts/", id);
}

int acknowledge_alert(Api& api, Words words) {
  api.post(alert_path(Arguments(words, {"ID"})) + "/acknowledge", Json::object());
  return kGood;
}

int clear_alert(Api& api, Words words) {
  api.remove(alert_path(Arguments(words, {"ID"})));
  return kGood;
}

} // namespace

std::vector<Command> channel_commands() {
  return {
      {"channels", "list", list_channels},
      {"channels", "add", add_channel},
      {"streams", "list", list_streams},
      {"sessions", "", list_sessions},
      {"alerts", "acknowledge", acknowledge_alert},
      {"alerts", "clear", clear_alert},
      {"alerts", "", list_alerts},
  };
}

} // namespace relevo::ctl
