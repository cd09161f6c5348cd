// SPDX-License-Identifier: LGPL-2.1-or-later
// Accounts and guides: both have a name and a location, and are refreshed.
#include "base/text.hpp"
#include "command.hpp"
#include "file.hpp"
#include "lookup.hpp"
#include "output.hpp"

#include <algorithm>
#include <cstdio>
#include <thread>
#include <unistd.h>

namespace relevo::ctl {
namespace {

constexpr std::chrono::milliseconds kLook{100};

std::string time_of(const Json& state) {
  const auto& time = state.at("refreshed");
  return write_time(time.is_null() ? 0 : time.get<std::int64_t>());
}

int list_accounts(Api& api, Words words) {
  const Arguments none(words, {});
  Table table({"NAME", "KIND", "STATE", "REFRESHED", "LOCATION", "MESSAGE"});
  for (const auto& account : api.get("/accounts")) {
    const auto& state = account.at("state");
    table.add({account.at("name"), account.at("kind"),
               account.at("enabled") ? state.at("state") : Json("disabled"), time_of(state),
               account.at("location"), state.at("message")});
  }
  print(table.text());
  return kGood;
}

int list_guides(Api& api, Words words) {
  const Arguments none(words, {});
  Table table({"NAME", "STATE", "REFRESHED", "LOCATION", "MESSAGE"});
  for (const auto& guide : api.get("/guides")) {
    const auto& state = guide.at("state");
    table.add({guide.at("name"), guide.at("enabled") ? state.at("state") : Json("disabled"), time_of(state),
               guide.at("location"), state.at("message")});
  }
  print(table.text());
  return kGood;
}

/// An account whose login is refused is not left behind.
void add_login(Api& api, const std::string& account, const std::string& login) {
  const auto colon = login.find(':');
  const auto user = login.substr(0, colon);
  try {
    api.post(account + "/logins",
             {{"name", user}, {"username", user}, {"password", login.substr(colon + 1)}});
  } catch (const Failed&) {
    api.remove(account);
    throw;
  }
}

Json read_source(const Arguments& arguments) {
  Json source = {{"name", arguments.operand(0)}, {"location", arguments.operand(1)}};
  if (const auto plan = arguments.value("--refresh")) source["refresh"] = *plan;
  return source;
}

int add_account(Api& api, Words words) {
  const Arguments arguments(words, {"NAME", "LOCATION"}, {"--kind", "--login", "--refresh"});
  const auto login = arguments.value("--login");
  if (login && login->find(':') == std::string::npos) throw UsageError("--login needs USER:PASSWORD");
  auto wanted = read_source(arguments);
  wanted["kind"] = arguments.value("--kind").value_or("m3u");
  const auto account = api.post("/accounts", wanted);
  if (login) add_login(api, concat("/accounts/", account.at("id").get<std::int64_t>()), *login);
  return kGood;
}

int add_guide(Api& api, Words words) {
  const Arguments arguments(words, {"NAME", "LOCATION"}, {"--refresh"});
  api.post("/guides", read_source(arguments));
  return kGood;
}

template <const Kind& kind>
int remove(Api& api, Words words) {
  const Arguments arguments(words, {"NAME"});
  api.remove(find(api, kind, arguments.operand(0)));
  return kGood;
}

/// One line that is written over again and again, where somebody looks.
class ProgressLine {
 public:
  void show(const Json& event) {
    if (!visible_) return;
    const auto total = event.at("total").get<std::uint64_t>();
    const auto text = concat(event.at("phase").get<std::string>(), " ", event.at("done").get<std::uint64_t>(),
                             total == 0 ? std::string() : concat(" of ", total));
    std::fprintf(stderr, "\r\x1b[K%s", text.c_str());
  }
  ~ProgressLine() {
    if (visible_) std::fputs("\r\x1b[K", stderr);
  }
  ProgressLine() = default;
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

 private:
  bool visible_ = ::isatty(STDERR_FILENO) != 0;
};

/// The event that ends the refresh that runs.
Json wait(Api& api, const std::string& path) {
  ProgressLine line;
  for (;;) {
    auto event = api.get(path);
    if (event.is_null()) throw Failed("relevod ended during the refresh");
    if (event.at("event") == "refreshed") return event;
    line.show(event);
    std::this_thread::sleep_for(kLook);
  }
}

std::string write_report(const Json& report) {
  return write_figures(report, {"listed", "added", "changed", "vanished", "returned", "expired", "filtered",
                                "unwanted", "duplicates", "faults", "channels", "programmes", "outside"});
}

/// What the refresh did to channels, where it did anything.
void print_changes(const Json& event) {
  for (const char* name : {"channels", "guides"}) {
    if (!event.contains(name)) continue;
    const auto figures = write_figures(
        event[name], {"created", "updated", "removed", "kept", "exhausted", "linked", "unlinked", "review"});
    if (!figures.empty()) print(concat(name, ": ", figures, "\n"));
  }
}

void print_examples(const Json& report, const char* list, std::string_view sign) {
  for (const auto& one : report.value(list, Json::array()))
    print(concat(sign, " ", one.at("name").get<std::string>(), " (", one.at("group").get<std::string>(),
                 ")\n"));
}

int refresh(Api& api, const std::string& path, const Json& wish) {
  api.post(path + "/refresh", wish);
  const auto event = wait(api, path + "/refresh");
  const auto outcome = event.at("outcome").get<std::string>();
  const auto message = event.at("message").get<std::string>();
  if (outcome != "unchanged" && outcome != "done") throw Failed(message);
  const auto figures = outcome == "done" ? write_report(event.at("report")) : std::string();
  print(concat(outcome, figures.empty() ? "" : ": ", figures, "\n"));
  print_changes(event);
  if (!message.empty()) throw Failed(message); // the list is here, its channels are not
  return kGood;
}

int dry_run(Api& api, const std::string& path) {
  const auto done = api.post(path + "/dry-run", Json::object());
  const auto& report = done.at("report");
  const auto message = done.at("message").get<std::string>();
  if (done.at("outcome") == "failed") throw Failed(message);
  print(concat("would be: ", write_report(report), "\n"));
  print_examples(report, "added_examples", "+");
  print_examples(report, "vanished_examples", "-");
  if (!message.empty()) print(concat("objection: ", message, "\n"));
  return kGood;
}

int refresh_account(Api& api, Words words) {
  const Arguments arguments(words, {"NAME"}, {}, {"--accept-losses", "--dry-run"});
  const auto path = find(api, kAccount, arguments.operand(0));
  if (arguments.has("--dry-run")) return dry_run(api, path);
  return refresh(api, path, {{"accept_losses", arguments.has("--accept-losses")}});
}

int upload(Api& api, Words words) {
  const Arguments arguments(words, {"NAME", "FILE"});
  const auto path = find(api, kAccount, arguments.operand(0));
  api.upload(path + "/list", tool::InputFile(arguments.operand(1)).read_all());
  return refresh(api, path, Json::object());
}

int refresh_guide(Api& api, Words words) {
  const Arguments arguments(words, {"NAME"}, {}, {"--accept-losses"});
  return refresh(api, find(api, kGuide, arguments.operand(0)),
                 {{"accept_losses", arguments.has("--accept-losses")}});
}

} // namespace

std::vector<Command> source_commands() {
  return {
      {"accounts", "list", list_accounts},
      {"accounts", "add", add_account},
      {"accounts", "refresh", refresh_account},
      {"accounts", "remove", remove<kAccount>},
      {"accounts", "upload", upload},
      {"guides", "list", list_guides},
      {"guides", "add", add_guide},
      {"guides", "refresh", refresh_guide},
      {"guides", "remove", remove<kGuide>},
  };
}

} // namespace relevo::ctl
