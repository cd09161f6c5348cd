// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels made of lists, and guides found for them.
#include "base/text.hpp"
#include "command.hpp"
#include "lookup.hpp"
#include "output.hpp"

#include <map>

namespace relevo::ctl {
namespace {

std::string write_number(const Json& number) {
  return number.is_null() ? std::string() : number.get<std::string>();
}

int list_groups(Api& api, Words words) {
  const Arguments arguments(words, {"ACCOUNT"});
  Table table({"KIND", "NAME", "WANTED", "CHANNELS"});
  for (const auto& group : api.get(find(api, kAccount, arguments.operand(0)) + "/groups")) {
    const auto& rule = group.at("sync");
    table.add({group.at("kind"), group.at("name"), group.at("wanted").get<bool>() ? "yes" : "no",
               rule.is_null() ? std::string()
                              : concat(rule.at("numbering").get<std::string>(), " ",
                                       rule.at("first").get<std::uint32_t>(), "-",
                                       rule.at("last").get<std::uint32_t>())});
  }
  print(table.text());
  return kGood;
}

std::uint32_t read_number(const std::string& option, const std::string& text) {
  const auto number = parse_number<std::uint32_t>(text);
  if (!number) throw UsageError(concat(option, " needs a number, not ", quote(text)));
  return *number;
}

Json read_rule(const Arguments& arguments) {
  if (arguments.has("--off")) return {};
  Json rule = {{"merge", !arguments.has("--no-merge")}};
  for (const char* name : {"numbering", "include", "exclude", "search", "replacement", "group"})
    if (const auto value = arguments.value(concat("--", name))) rule[name] = *value;
  for (const char* name : {"first", "last"}) {
    const auto option = concat("--", name);
    if (const auto value = arguments.value(option)) rule[name] = read_number(option, *value);
  }
  return rule;
}

int set_rule(Api& api, Words words) {
  const Arguments arguments(
      words, {"ACCOUNT", "GROUP"},
      {"--numbering", "--first", "--last", "--include", "--exclude", "--search", "--replacement", "--group"},
      {"--no-merge", "--off"});
  const auto rule = read_rule(arguments);
  for (const auto& group : api.get(find(api, kAccount, arguments.operand(0)) + "/groups")) {
    if (group.at("name") != arguments.operand(1) || group.at("kind") != "live") continue;
    api.patch(concat("/groups/", group.at("id").get<std::int64_t>()), {{"sync", rule}});
    return kGood;
  }
  throw Failed(concat("the account has no group ", quote(arguments.operand(1)), " of live streams"));
}

int make_channels(Api& api, Words words) {
  const Arguments arguments(words, {}, {}, {"--dry-run"});
  const bool preview = arguments.has("--dry-run");
  static const std::map<std::string, std::string_view> kSigns = {
      {"created", "+"}, {"updated", "~"}, {"removed", "-"}, {"kept", "!"}};
  const auto report = api.post("/channels/sync", {{"preview", preview}});
  for (const auto& change : report.at("changes"))
    print(concat(kSigns.at(change.at("action")), " ", write_number(change.at("number")), " ",
                 change.at("name").get<std::string>(), " (", change.at("streams").size(), " streams)\n"));
  print(concat(preview ? "would be: " : "done: ",
               write_figures(report, {"created", "updated", "removed", "kept", "unchanged", "exhausted"}),
               "\n"));
  return kGood;
}

int match_guides(Api& api, Words words) {
  const Arguments none(words, {});
  const auto report = api.post("/guides/match", Json::object());
  print(concat(
      "done: ", write_figures(report, {"linked", "unlinked", "unchanged", "decided", "review", "none"}),
      "\n"));
  return kGood;
}

int review_guides(Api& api, Words words) {
  const Arguments none(words, {});
  Table table({"CHANNEL", "CANDIDATE", "SCORE", "REASON"});
  api.each("/guide-reviews", [&](const Json& review) {
    const auto channel =
        api.get(concat("/channels/", review.at("channel").get<std::int64_t>())).at("name").get<std::string>();
    for (const auto& candidate : review.at("candidates"))
      table.add({channel, candidate.at("channel"), std::to_string(candidate.at("score").get<int>()),
                 candidate.at("reason")});
  });
  print(table.text());
  return kGood;
}

} // namespace

std::vector<Command> making_commands() {
  return {
      {"groups", "list", list_groups},     {"groups", "sync", set_rule},
      {"channels", "sync", make_channels}, {"guides", "match", match_guides},
      {"guides", "review", review_guides},
  };
}

} // namespace relevo::ctl
