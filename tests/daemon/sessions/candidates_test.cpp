// SPDX-License-Identifier: LGPL-2.1-or-later
// What channels are played from: order, addresses, limits, and what is left out and why.
#include "sessions/candidates.hpp"

#include "command/command_line.hpp"
#include "store/accounts.hpp"
#include "store/channels.hpp"
#include "store/store.hpp"
#include "store/stream_profiles.hpp"
#include "store/streams.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::sessions;
using model::Account;
using model::AccountKind;
using model::Login;

namespace {

constexpr model::Time kNow{std::chrono::seconds(1'800'000'000)};

class Fixture {
 public:
  Account add_account(const std::string& name, AccountKind kind, const std::string& location = {}) {
    Account account;
    account.name = name;
    account.kind = kind;
    account.location = location;
    store::save_account(database, account);
    return account;
  }

  Login add_login(const Account& account, const std::string& name) {
    Login login;
    login.account = account.id;
    login.name = name;
    login.username = name;
    login.password = "secret";
    store::save_login(database, login);
    return login;
  }

  model::StreamId add_stream(const Account& account, const model::Found& found) {
    const auto group =
        store::insert_group(database, {{}, account.id, found.kind, std::string(found.name), true});
    store::StreamWriter(database, account.id).insert(found, group, 0, {});
    return store::load_fingerprints(database, account.id).back().id;
  }

  Plan plan(const std::vector<model::StreamId>& streams) {
    std::vector<model::ChannelStream> list;
    for (const auto stream : streams)
      list.push_back({stream});
    channel.name = "News";
    store::save_channel(database, channel);
    store::save_channel_streams(database, channel.id, list);
    return make_plan(database, channel, kNow, usual_profile);
  }

  model::StreamProfile profile(const std::string& name) {
    const auto profiles = store::load_stream_profiles(database);
    return *std::ranges::find(profiles, name, &model::StreamProfile::name);
  }

  sqlite::Database database = *store::open_in_memory();
  model::Channel channel;
  std::string usual_profile;
};

std::vector<std::string> addresses(const Plan& plan) {
  std::vector<std::string> out;
  for (const Source& source : plan.sources)
    out.push_back(source.candidate.uri);
  return out;
}

} // namespace

TEST_CASE("every stream through every login, streams first") {
  Fixture fixture;
  const auto list = fixture.add_account("List", AccountKind::M3u);
  const auto panel = fixture.add_account("Panel", AccountKind::Xtream, "http://panel:8080/player_api.php");
  const auto joe = fixture.add_login(panel, "joe"), ann = fixture.add_login(panel, "ann");
  const auto second = fixture.add_stream(list, {.name = "News HD", .url = "http://list/news"});
  const auto first = fixture.add_stream(panel, {.name = "News", .provider_id = "77"});
  const auto plan = fixture.plan({first, second});
  CHECK(plan.channel == fixture.channel.id);
  CHECK(plan.uuid == fixture.channel.uuid);
  CHECK(plan.name == "News");
  CHECK(addresses(plan) == std::vector<std::string>{"http://panel:8080/live/joe/secret/77.ts",
                                                    "http://panel:8080/live/ann/secret/77.ts",
                                                    "http://list/news"});
  REQUIRE(plan.sources.size() == 3);
  CHECK(plan.sources[1].candidate.label == "News (Panel, ann)");
  CHECK(plan.sources[2].candidate.label == "News HD (List)");
  CHECK(plan.sources[0].stream == first);
  CHECK(plan.sources[0].candidate.id != plan.sources[1].candidate.id);
  CHECK(plan.sources[0].candidate.slot_key != plan.sources[1].candidate.slot_key);
  CHECK(plan.sources[0].claim.login == joe.id);
  CHECK(plan.sources[1].claim.login == ann.id);
  CHECK_FALSE(plan.sources[2].claim.login);
  CHECK(plan.left_out.empty());
}

TEST_CASE("the address is made when it is asked for, the id stays") {
  Fixture fixture;
  auto panel = fixture.add_account("Panel", AccountKind::Xtream, "http://panel");
  auto joe = fixture.add_login(panel, "joe");
  const auto stream = fixture.add_stream(panel, {.name = "News", .provider_id = "77"});
  const auto before = fixture.plan({stream}).sources.at(0).candidate;
  joe.password = "changed";
  store::save_login(fixture.database, joe);
  panel.location = "http://moved:80";
  store::save_account(fixture.database, panel);
  const auto after = fixture.plan({stream}).sources.at(0).candidate;
  CHECK(after.uri == "http://moved:80/live/joe/changed/77.ts");
  CHECK(after.id == before.id);
}

TEST_CASE("a login rewrites addresses") {
  Fixture fixture;
  const auto list = fixture.add_account("List", AccountKind::M3u);
  auto own = fixture.add_login(list, "own"), other = fixture.add_login(list, "other"),
       wrong = fixture.add_login(list, "wrong"), lost = fixture.add_login(list, "lost");
  other.search = "/([a-z]+)/one/";
  other.replace = "/$1/two/";
  wrong.search = "(";
  lost.search = "nowhere";
  for (auto* login : {&other, &wrong, &lost})
    store::save_login(fixture.database, *login);
  const auto stream = fixture.add_stream(list, {.name = "News", .url = "http://list/u/one/news"});
  const auto plan = fixture.plan({stream});
  CHECK(addresses(plan) == std::vector<std::string>{"http://list/u/one/news", "http://list/u/two/news"});
  REQUIRE(plan.left_out.size() == 2);
  CHECK(plan.left_out[0].what == "News (List, wrong)");
  CHECK(plan.left_out[0].why.starts_with("search: "));
  CHECK(plan.left_out[1] == LeftOut{"News (List, lost)", "its search finds nothing in the address"});
}

TEST_CASE("whose host a source may lead inside with") {
  const std::optional<std::string> nobody;
  struct {
    AccountKind kind;
    const char* location;
    const char* url;
    const char* replace;
    std::optional<std::string> own_host;
  } const cases[] = {
      {AccountKind::M3u, "http://user:x@list.example:80/a.m3u", "http://told/1.ts", "", "list.example"},
      {AccountKind::M3u, "/srv/list.m3u", "http://told/1.ts", "", nobody},
      {AccountKind::M3u, "file:///srv/list.m3u", "http://told/1.ts", "", nobody},
      {AccountKind::Database, "/srv/streams.db", "http://told/1.ts", "", nobody},
      {AccountKind::Xtream, "panel.example:8080", "", "", "panel.example"},
      {AccountKind::Manual, "", "http://typed/1.ts", "", "typed"},
      {AccountKind::Manual, "", "file:///srv/1.ts", "", nobody},
      {AccountKind::M3u, "http://list.example/", "http://told/1.ts", "http://192.168.1.2/$0", "192.168.1.2"},
      {AccountKind::M3u, "http://list.example/", "http://told/1.ts", "$0?x", "list.example"},
      {AccountKind::M3u, "http://list.example/", "http://127.0.0.1:6878/ace/getstream?id=1", "", "127.0.0.1"},
      {AccountKind::M3u, "http://list.example/", "http://127.0.0.1:8080/ace/getstream?id=1", "",
       "list.example"},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.location));
    CAPTURE(std::string(c.url));
    Fixture fixture;
    const auto account = fixture.add_account("Ours", c.kind, c.location);
    auto login = fixture.add_login(account, "joe");
    if (*c.replace) login.search = "http://told/1.ts";
    login.replace = c.replace;
    store::save_login(fixture.database, login);
    const auto plan =
        fixture.plan({fixture.add_stream(account, {.name = "News", .url = c.url, .provider_id = "7"})});
    REQUIRE(plan.sources.size() == 1);
    CHECK(plan.sources[0].own_host == c.own_host);
  }
}

TEST_CASE("what cannot be played is left out, and why is told") {
  Fixture fixture;
  auto off = fixture.add_account("Off", AccountKind::M3u);
  off.enabled = false;
  store::save_account(fixture.database, off);
  const auto list = fixture.add_account("List", AccountKind::M3u);
  const auto panel = fixture.add_account("Panel", AccountKind::Xtream, "http://panel");
  const auto bare = fixture.add_account("Bare", AccountKind::Xtream, "http://panel");
  auto closed = fixture.add_login(panel, "closed"), expired = fixture.add_login(panel, "expired"),
       valid = fixture.add_login(panel, "valid");
  closed.enabled = false;
  expired.expires = kNow;
  valid.expires = kNow + std::chrono::seconds{1};
  for (auto* login : {&closed, &expired, &valid})
    store::save_login(fixture.database, *login);
  const auto plan = fixture.plan({
      fixture.add_stream(off, {.name = "A", .url = "http://a"}),
      fixture.add_stream(list, {.kind = model::StreamKind::Movie, .name = "B", .url = "http://b"}),
      fixture.add_stream(list, {.name = "C"}),
      fixture.add_stream(panel, {.name = "D", .provider_id = "7"}),
      fixture.add_stream(panel, {.name = "E", .provider_id = "x"}),
      fixture.add_stream(bare, {.name = "F", .provider_id = "7"}),
  });
  CHECK(addresses(plan) == std::vector<std::string>{"http://panel/live/valid/secret/7.ts"});
  CHECK(plan.left_out == std::vector<LeftOut>{
                             {"A", "its account is not enabled"},
                             {"B", "it is no live stream"},
                             {"C (List)", "the stream has no address"},
                             {"D (Panel, closed)", "the login is not enabled"},
                             {"D (Panel, expired)", "the login has expired"},
                             {"E (Panel, closed)", "the login is not enabled"},
                             {"E (Panel, expired)", "the login has expired"},
                             {"E (Panel, valid)", "the provider's id \"x\" is no number"},
                             {"F (Bare)", "the account has no login"},
                         });
}

TEST_CASE("limits and shared credentials are those of account and login") {
  Fixture fixture;
  auto panel = fixture.add_account("Panel", AccountKind::Xtream, "http://panel");
  panel.connections = 5;
  panel.server_group = "group";
  store::save_account(fixture.database, panel);
  auto joe = fixture.add_login(panel, "joe");
  joe.connections = 2;
  store::save_login(fixture.database, joe);
  const auto plan = fixture.plan({fixture.add_stream(panel, {.name = "News", .provider_id = "7"})});
  const slots::Claim expected{joe.id, "group/joe", panel.id, {2, 2, 5, 0}, ""};
  CHECK(plan.sources.at(0).claim == expected);
}

TEST_CASE("requests are those of the account, and what the list says of the stream goes before") {
  Fixture fixture;
  auto list = fixture.add_account("List", AccountKind::M3u);
  list.requests = {"Ours/1", {{"X-A", "1"}, {"Referer", "http://us"}}, "http://proxy:3128"};
  store::save_account(fixture.database, list);
  const auto plan = fixture.plan({
      fixture.add_stream(list, {.name = "Plain", .url = "http://a"}),
      fixture.add_stream(list, {.name = "Special",
                                .url = "http://b",
                                .details = R"({"headers":{"User-Agent":"Theirs","referer":"http://them"}})"}),
  });
  const auto& plain = plan.sources.at(0).candidate;
  CHECK(plain.user_agent == "Ours/1");
  CHECK(plain.proxy == "http://proxy:3128");
  CHECK(plain.headers == channel::Headers{{"X-A", "1"}, {"Referer", "http://us"}});
  const auto& special = plan.sources.at(1).candidate;
  CHECK(special.user_agent == "Theirs");
  CHECK(special.headers == channel::Headers{{"X-A", "1"}, {"referer", "http://them"}});
}

TEST_CASE("people mean a channel by uuid, number or id") {
  Fixture fixture;
  const auto add = [&](const std::string& name, std::optional<model::ChannelNumber> number) {
    model::Channel channel;
    channel.name = name;
    channel.number = number;
    store::save_channel(fixture.database, channel);
    return channel;
  };
  const auto one = add("one", model::ChannelNumber{2}), two = add("two", model::ChannelNumber{5, 1}),
             three = add("three", {});
  REQUIRE(two.id.value == 2); // the number of another
  const auto name_of = [&](std::string_view reference) {
    const auto channel = find_channel(fixture.database, reference);
    return channel ? channel->name : "none";
  };
  CHECK(name_of(one.uuid) == "one");
  CHECK(name_of("2") == "one");
  CHECK(name_of("5.1") == "two");
  CHECK(name_of(std::to_string(three.id.value)) == "three");
  CHECK(name_of("id:" + std::to_string(one.id.value)) == "one");
  CHECK(name_of("id:2") == "two");
  CHECK(name_of("id:99") == "none");
  CHECK(name_of("id:") == "none");
  CHECK(name_of("number:2") == "one");
  CHECK(name_of("number:5.1") == "two");
  REQUIRE(three.id.value == 3);
  for (const char* nothing : {"number:3", "number:", "number:one"}) // no id is meant
    CHECK(name_of(nothing) == "none");
  for (const char* nothing : {"", "5", "99", "-1", "one", "5.2", "99999999999999999999"}) {
    CAPTURE(nothing);
    CHECK(name_of(nothing) == "none");
  }
}

TEST_CASE("of channels with one number one that is not hidden is meant") {
  Fixture fixture;
  for (const auto& [name, hidden] : {std::pair("first", true), {"second", false}, {"third", false}}) {
    model::Channel channel;
    channel.name = name;
    channel.number = model::ChannelNumber{7};
    channel.hidden = hidden;
    store::save_channel(fixture.database, channel);
  }
  CHECK(find_channel(fixture.database, "7").value().name == "second");
  CHECK(find_channel(fixture.database, "number:7").value().name == "second");
}

TEST_CASE("a stream is read as its channel says, else as it says itself, else as usual") {
  Fixture fixture;
  const auto list = fixture.add_account("List", AccountKind::M3u);
  const auto stream = fixture.add_stream(list, {.name = "News", .url = "http://list/news"});
  const auto commands = [&] { return fixture.plan({stream}).sources.at(0).candidate.command; };
  CHECK(commands() == ""); // also where there is no usual one
  fixture.usual_profile = "VLC";
  CHECK(commands().starts_with("cvlc "));
  store::set_stream_profile(fixture.database, stream, fixture.profile("FFmpeg").id);
  CHECK(commands().starts_with("ffmpeg "));
  fixture.channel.stream_profile = fixture.profile("Streamlink").id;
  const auto source = fixture.plan({stream}).sources.at(0);
  CHECK(source.candidate.command.starts_with("streamlink "));
  CHECK(source.candidate.channel_id == fixture.channel.uuid);
  CHECK(source.candidate.uri == "http://list/news");
  fixture.channel.stream_profile = fixture.profile("Proxy").id;
  const auto plain = fixture.plan({stream}).sources.at(0);
  CHECK(plain.candidate.command == "");
  CHECK(plain.candidate.id != source.candidate.id); // so that what plays changes over
  CHECK(plain.candidate.slot_key == source.candidate.slot_key);
}

TEST_CASE("the commands that come with the program can be run") {
  Fixture fixture;
  int commands = 0;
  for (const auto& profile : store::load_stream_profiles(fixture.database)) {
    if (profile.kind != model::StreamProfileKind::Command) continue;
    ++commands;
    CAPTURE(profile.name);
    const auto line = command::parse_command(profile.command);
    REQUIRE(line);
    const auto arguments = command::fill(*line, {"http://list/news", "Player/1", "uuid"});
    REQUIRE(arguments);
    CHECK(std::ranges::count(*arguments, "http://list/news") == 1);
  }
  CHECK(commands == 3);
}

TEST_CASE("the user agent of a profile is the one that is told") {
  Fixture fixture;
  auto list = fixture.add_account("List", AccountKind::M3u);
  list.requests.user_agent = "Account/1";
  store::save_account(fixture.database, list);
  const auto stream = fixture.add_stream(list, {.name = "News", .url = "http://list/news"});
  fixture.channel.stream_profile = fixture.profile("FFmpeg").id;
  CHECK(fixture.plan({stream}).sources.at(0).candidate.user_agent == "Account/1");
  auto own = fixture.profile("FFmpeg");
  own = {{}, "Mine", own.kind, own.command, "Profile/1"};
  store::save_stream_profile(fixture.database, own);
  fixture.channel.stream_profile = own.id;
  CHECK(fixture.plan({stream}).sources.at(0).candidate.user_agent == "Profile/1");
}

TEST_CASE("players are sent only where they can get something by themselves") {
  struct Row {
    const char* url;
    const char* details;
    const char* agent;
    const char* proxy;
    bool redirect;
  };
  const Row rows[] = {
      {"http://list/news?token=1", "{}", "", "", true},
      {"https://list/news", "{}", "", "", true},
      {"https://list/news", R"({"headers":{"Referer":"http://list/"}})", "", "", false},
      {"https://list/news", R"({"headers":{"user-agent":"Player/1"}})", "", "", false},
      {"https://list/news", "{}", "Player/1", "", false},
      {"https://list/news", "{}", "", "http://proxy:3128", false},
      {"udp://@239.1.1.1:5000", "{}", "", "", false},
      {"acestream://0123", "{}", "", "", false},
      {"http://list/a b", "{}", "", "", false},
      {"http://list/a\r\nSet-Cookie: a", "{}", "", "", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.url);
    CAPTURE(row.details);
    Fixture fixture;
    auto list = fixture.add_account("List", AccountKind::M3u);
    list.requests.user_agent = row.agent;
    list.requests.proxy = row.proxy;
    store::save_account(fixture.database, list);
    const auto stream = fixture.add_stream(list, {.name = "News", .url = row.url, .details = row.details});
    CHECK_FALSE(fixture.plan({stream}).sources.at(0).redirect);
    fixture.channel.stream_profile = fixture.profile("Redirect").id;
    CHECK(fixture.plan({stream}).sources.at(0).redirect == row.redirect);
  }
}

TEST_CASE("a preview is one stream, of an account by its name or its number") {
  Fixture fixture;
  const auto list = fixture.add_account("List", AccountKind::M3u);
  const auto other = fixture.add_account("7", AccountKind::M3u);
  const auto stream = fixture.add_stream(list, {.name = "News", .url = "http://list/news"});
  const auto film =
      fixture.add_stream(list, {.kind = model::StreamKind::Movie, .name = "Film", .url = "http://list/film"});
  const auto preview = [&](const std::string& account, model::StreamId id) {
    return make_preview(fixture.database, account, id, kNow, "FFmpeg");
  };
  const auto plan = preview("List", stream);
  REQUIRE(plan);
  CHECK(addresses(*plan) == std::vector<std::string>{"http://list/news"});
  CHECK_FALSE(plan->channel);
  CHECK(plan->name == "News (List)");
  CHECK(plan->sources.at(0).candidate.command.starts_with("ffmpeg "));
  CHECK(preview(std::to_string(list.id.value), stream)->uuid == plan->uuid);
  CHECK(preview("List", film)->left_out.at(0).why == "it is no live stream");
  CHECK(preview("List", film)->uuid != plan->uuid);
  CHECK_FALSE(preview("7", stream));
  CHECK_FALSE(preview("List", {film.value + 1}));
  CHECK_FALSE(preview("", stream));
}

TEST_CASE("backups that a list names are tried behind the stream's own address") {
  Fixture fixture;
  const auto list = fixture.add_account("List", AccountKind::M3u);
  const auto one = fixture.add_login(list, "one");
  auto two = fixture.add_login(list, "two");
  two.search = "list";
  two.replace = "other";
  store::save_login(fixture.database, two);
  const auto stream = fixture.add_stream(
      list,
      {.name = "News",
       .url = "http://list/a",
       .details = R"({"headers":{"Referer":"a"},"backups":[{"url":"http://list/b","headers":{"Cookie":"b"}},)"
                  R"({"url":"http://list/c"},{"url":7},"d"]})"});
  const auto last = fixture.add_stream(list, {.name = "Last", .url = "http://list/z"});
  const auto plan = fixture.plan({stream, last});
  CHECK(addresses(plan) == std::vector<std::string>{"http://list/a", "http://other/a", "http://list/b",
                                                    "http://other/b", "http://list/c", "http://other/c",
                                                    "http://list/z", "http://other/z"});
  REQUIRE(plan.sources.size() == 8);
  const auto candidate = [&](std::size_t i) { return plan.sources[i].candidate; };
  CHECK(candidate(0).headers == channel::Headers{{"Referer", "a"}});
  CHECK(candidate(2).headers == channel::Headers{{"Cookie", "b"}});
  CHECK(candidate(4).headers == channel::Headers{{"Referer", "a"}});
  CHECK(candidate(2).label == "News (List, one), backup 1");
  CHECK(plan.sources[4].stream == stream);
  CHECK(plan.sources[4].claim.login == one.id);
  CHECK(candidate(4).slot_key == candidate(0).slot_key);
  std::vector<std::string> ids;
  for (const Source& source : plan.sources)
    ids.push_back(source.candidate.id);
  std::ranges::sort(ids);
  CHECK(std::ranges::adjacent_find(ids) == ids.end());
  for (const char* details : {"{}", "[]", "7", R"({"backups":7})", R"({"backups":[]})"}) {
    const auto odd = fixture.add_stream(list, {.name = details, .url = "http://list/a", .details = details});
    CHECK(fixture.plan({odd}).sources.size() == 2);
  }
}
