// SPDX-License-Identifier: LGPL-2.1-or-later
// Accounts refreshed from a provider, well or badly: playlists and panels over HTTP, files, databases.
#include "catalog/refresh_account.hpp"
#include "provider/test_provider.hpp"
#include "store/accounts.hpp"
#include "store/alerts.hpp"
#include "store/store.hpp"
#include "store/streams.hpp"
#include "temporary_folder.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <map>
#include <string>

using namespace relevo;
using catalog::AccountReport;
using catalog::Outcome;
using provider::TestProvider;

namespace {

provider::Options panel_options() {
  provider::Options options;
  options.logins = {{"joe", "secret", 2}, {"ann", "other", 3}};
  options.lists.rows = 200;
  return options;
}

class Fixture {
 public:
  Fixture() {
    account.name = "Ours";
    store::save_account(database, account);
  }

  AccountReport refresh(catalog::AccountRefresh task = {}) {
    if (store::find_account(database, account.id) != account) store::save_account(database, account);
    task.account = account.id;
    task.now = now;
    task.folder = folder.file("downloads");
    return catalog::refresh_account(
        database, task, [](const auto&) {}, token);
  }

  void add_login(const std::string& user, const std::string& password) {
    model::Login login;
    login.account = account.id;
    login.name = user;
    login.username = user;
    login.password = password;
    store::save_login(database, login);
  }

  /// Of the streams that the list has, by number and name: the whole lineup.
  std::map<std::int64_t, std::string> lineup() {
    std::map<std::int64_t, std::string> streams;
    for (const auto& known : store::load_fingerprints(database, account.id))
      if (!known.missing) streams[known.id.value] = store::find_stream(database, known.id)->name;
    return streams;
  }

  /// How many of the streams before are still there, in percent.
  static std::size_t kept(const std::map<std::int64_t, std::string>& before,
                          const std::map<std::int64_t, std::string>& after) {
    std::size_t kept = 0;
    for (const auto& [id, name] : before)
      kept += after.count(id);
    return kept * 100 / before.size();
  }

  store::RefreshState state() { return store::load_account_state(database, account.id); }
  std::vector<model::Alert> alerts() { return store::load_alerts(database, false); }

  test::TemporaryFolder folder;
  sqlite::Database database = *store::open_in_memory();
  model::Account account;
  model::Time now{std::chrono::seconds(1'800'000'000)};
  gx::CancelToken token;
};

void write(const std::string& file, std::string_view text) {
  std::ofstream(file, std::ios::binary) << text;
}

} // namespace

TEST_CASE("a playlist becomes streams") {
  const TestProvider provider{panel_options()};
  Fixture fixture;
  fixture.account.location = provider.url("/list.m3u?rows=300&user=joe&password=secret");
  const auto done = fixture.refresh();
  CHECK(done.message == "");
  CHECK(done.outcome == Outcome::Done);
  CHECK(done.report.added == 300);
  CHECK(fixture.lineup().size() == 300);
  CHECK(fixture.state().state == "good");
  CHECK(fixture.state().refreshed == fixture.now);
}

TEST_CASE("a panel becomes streams, films and series, and tells about its logins") {
  const TestProvider provider{panel_options()};
  Fixture fixture;
  fixture.account.kind = model::AccountKind::Xtream;
  fixture.account.location = provider.url("/player_api.php?username=x&password=y");
  fixture.add_login("wrong", "login");
  fixture.add_login("joe", "secret");
  const auto done = fixture.refresh();
  CHECK(done.message == "");
  REQUIRE(done.outcome == Outcome::Done);
  CHECK(done.report.added == 600);
  const auto slice =
      store::list_streams(fixture.database, {.kind = model::StreamKind::Live, .page = {"position"}});
  REQUIRE(slice.total == 200);
  CHECK(slice.items[0].url.empty()); // made of the login when it is played
  CHECK_FALSE(slice.items[0].provider_id.empty());
  CHECK_FALSE(slice.items[0].group.empty());
  CHECK(store::list_streams(fixture.database, {.kind = model::StreamKind::Series}).total == 200);
  const auto logins = store::load_logins(fixture.database, fixture.account.id);
  REQUIRE(logins.size() == 2);
  CHECK(logins[1].connections == 2);
}

TEST_CASE("streams stay the same whatever a provider does to its list") {
  const TestProvider provider{panel_options()};
  Fixture fixture;
  const auto list = [&provider](const std::string& more) {
    return provider.url("/list.m3u?rows=1000" + more);
  };
  std::string before = "&user=joe&password=secret";
  std::string after = before;
  SUBCASE("another login") {
    after = "&user=ann&password=other";
  }
  SUBCASE("another host") {
    after += "&fault=host:other.test:81";
  }
  SUBCASE("a token in each URL") {
    before += "&fault=token:one";
    after += "&fault=token:two";
  }
  SUBCASE("another order") {
    after += "&fault=reordered";
  }
  SUBCASE("half of them renamed") {
    after += "&fault=renamed:0.5";
  }
  SUBCASE("all of it but the login") {
    after += "&fault=host:other.test&fault=reordered&fault=renamed:0.5";
  }
  SUBCASE("all of it, where URLs tell no number") {
    before = "";
    after = "&fault=host:other.test&fault=reordered";
  }
  fixture.account.location = list(before);
  REQUIRE(fixture.refresh().outcome == Outcome::Done);
  const auto lineup = fixture.lineup();
  REQUIRE(lineup.size() == 1000);
  fixture.account.location = list(after);
  const auto done = fixture.refresh();
  CHECK(done.message == "");
  CHECK(Fixture::kept(lineup, fixture.lineup()) == 100);
  CHECK(fixture.lineup().size() == 1000);
}

TEST_CASE("a provider with a fault changes nothing, and the reason is told") {
  TestProvider provider{panel_options()};
  Fixture fixture;
  bool panel = false;
  SUBCASE("a playlist") {
    fixture.account.location = provider.url("/list.m3u?rows=300");
  }
  SUBCASE("a panel") {
    panel = true;
    fixture.account.kind = model::AccountKind::Xtream;
    fixture.account.location = provider.url("/");
    fixture.add_login("joe", "secret");
  }
  REQUIRE(fixture.refresh().outcome == Outcome::Done);
  const auto lineup = fixture.lineup();
  const struct {
    const char* fault;
    Outcome outcome;
    const char* reason; // a part of it
  } rows[] = {
      {"empty:list", panel ? Outcome::Objected : Outcome::Failed, panel ? "nothing was changed" : "no entry"},
      {"empty:body", Outcome::Failed, "empty"},
      {"html", Outcome::Failed, ""},
      {"status:403", Outcome::Failed, "403"},
      {"cut:0.9", panel ? Outcome::Failed : Outcome::Objected, panel ? "" : "breaks off inside an entry"},
      {"reset", Outcome::Failed, ""},
      {"half", Outcome::Objected, "nothing was changed"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.fault);
    provider.set_list_faults({row.fault});
    const auto done = fixture.refresh({.even_unchanged = true});
    CAPTURE(done.message);
    CHECK(done.outcome == row.outcome);
    CHECK(done.message.find(row.reason) != std::string::npos);
    CHECK_FALSE(done.message.empty());
    CHECK(done.message.find("secret") == std::string::npos);
    CHECK(fixture.lineup() == lineup);
    CHECK(fixture.state().message == done.message);
    REQUIRE(fixture.alerts().size() == 1);
    const auto alert = fixture.alerts()[0];
    CHECK(alert.message == "Ours: " + done.message);
    CHECK(alert.details.find(R"("name":"Ours")") != std::string::npos);
    const auto* word = done.outcome == Outcome::Failed ? R"("cause":")" : R"("objection":")";
    CHECK(alert.details.find(word) != std::string::npos);
    CHECK(done.setback.status == (done.message.find("403") == std::string::npos ? 0 : 403));
    CHECK((done.setback.cause == sources::Cause::Status) == (done.setback.status != 0));
    provider.set_list_faults({});
    CHECK(fixture.refresh({.even_unchanged = true}).outcome == Outcome::Done);
    CHECK(fixture.alerts().empty());
  }
}

TEST_CASE("a slow provider is waited for, and can be cancelled") {
  const TestProvider provider{panel_options()};
  Fixture fixture;
  fixture.account.location = provider.url("/list.m3u?rows=300&fault=drip:200");
  gx::CancelToken token = fixture.token;
  const auto done = catalog::refresh_account(
      fixture.database,
      {.account = (store::save_account(fixture.database, fixture.account), fixture.account.id),
       .folder = fixture.folder.file("downloads")},
      [&token](const catalog::AccountProgress& progress) {
        if (progress.done > 300) token.cancel();
      },
      fixture.token);
  CHECK(done.outcome == Outcome::Failed);
  CHECK(fixture.lineup().empty());
  CHECK(fixture.alerts().empty()); // nobody needs to be told what he did himself
}

TEST_CASE("losses are taken when somebody accepts them") {
  TestProvider provider{panel_options()};
  Fixture fixture;
  fixture.account.location = provider.url("/list.m3u?rows=300");
  REQUIRE(fixture.refresh().outcome == Outcome::Done);
  provider.set_list_faults({"half"});
  REQUIRE(fixture.refresh({.even_unchanged = true}).outcome == Outcome::Objected);
  CHECK(fixture.refresh({.accept_losses = true}).outcome == Outcome::Done);
  CHECK(fixture.lineup().size() == 150);
  CHECK(fixture.alerts().empty());
}

TEST_CASE("a dry run tells and writes nothing, not even that it was") {
  const TestProvider provider{panel_options()};
  Fixture fixture;
  fixture.account.location = provider.url("/list.m3u?rows=300");
  const auto done = fixture.refresh({.dry_run = true});
  CHECK(done.outcome == Outcome::Done);
  CHECK(done.report.added == 300);
  CHECK(done.report.added_examples.size() == 100);
  CHECK(fixture.lineup().empty());
  CHECK(fixture.state().state == "new");
}

TEST_CASE("a file that has not changed is not read again") {
  Fixture fixture;
  const auto file = fixture.folder.file("list.m3u");
  fixture.account.location = file;
  write(file, "#EXTM3U\n#EXTINF:-1 tvg-id=\"n\" catchup-days=\"3\",News\n/tv/1.ts\n#EXTINF:-1,Broken\n\n");
  auto done = fixture.refresh();
  REQUIRE(done.outcome == Outcome::Done);
  CHECK(done.report.added == 1);
  CHECK(done.report.faults == 1);
  CHECK(fixture.refresh().outcome == Outcome::Unchanged);
  write(file, "#EXTM3U\n#EXTINF:-1,News\nhttp://a/1\n#EXTINF:-1,Sport\nhttp://a/2\n");
  done = fixture.refresh();
  REQUIRE(done.outcome == Outcome::Done);
  CHECK(fixture.lineup().size() == 2);
}

TEST_CASE("rules that are changed during a refresh are not forgotten") {
  Fixture fixture;
  fixture.account.location = fixture.folder.file("list.m3u");
  write(fixture.account.location, "#EXTM3U\n#EXTINF:-1,News\nhttp://a/1\n#EXTINF:-1,Sport\nhttp://a/2\n");
  store::save_account(fixture.database, fixture.account);
  model::Account changed = fixture.account;
  changed.filters = {{model::Filter::Field::Name, "Sport"}};
  const auto change = [&](const catalog::AccountProgress&) {
    store::save_account(fixture.database, changed);
  };
  catalog::AccountRefresh task;
  task.account = fixture.account.id;
  task.folder = fixture.folder.file("downloads");
  CHECK(catalog::refresh_account(fixture.database, task, change, fixture.token).outcome == Outcome::Done);
  fixture.account = changed;
  CHECK(fixture.refresh().outcome == Outcome::Objected); // half of it goes: it was read
}

TEST_CASE("a database of streams is an account") {
  Fixture fixture;
  const auto file = fixture.folder.file("Streams.db");
  {
    auto theirs = sqlite::Database::open(file);
    REQUIRE(theirs);
    theirs->exec(
        "CREATE TABLE LiveStreams (\"stream-url\" TEXT, \"Channel-id\" INTEGER, \"Stream-name\" TEXT, "
        "\"Group-title\" TEXT, \"TV-guide-name\" TEXT, \"Stream-quality\" TEXT);"
        "INSERT INTO LiveStreams VALUES ('http://a/1', 7, 'News', 'UK', 'news.uk', 'HD'),"
        "('http://a/2', 8, 'Sport', NULL, NULL, NULL), (NULL, 9, 'Nothing', NULL, NULL, NULL)");
  }
  fixture.account.kind = model::AccountKind::Database;
  fixture.account.location = file;
  const auto done = fixture.refresh();
  CHECK(done.message == "");
  REQUIRE(done.outcome == Outcome::Done);
  CHECK(done.report.faults == 1);
  const auto slice = store::list_streams(fixture.database, {.page = {"name"}});
  REQUIRE(slice.items.size() == 2);
  CHECK(slice.items[0].url == "http://a/1");
  CHECK(slice.items[0].number == "7");
  CHECK(slice.items[0].group == "UK");
  CHECK(slice.items[0].tvg_id == "news.uk");
  CHECK(slice.items[0].details ==
        R"({"attributes":{"Channel-id":"7","TV-guide-name":"news.uk","Stream-quality":"HD"}})");
  fixture.account.location = fixture.folder.file("list.m3u");
  write(fixture.account.location, "#EXTM3U\n");
  CHECK(fixture.refresh().outcome == Outcome::Failed);
  CHECK(fixture.lineup().size() == 2);
}
