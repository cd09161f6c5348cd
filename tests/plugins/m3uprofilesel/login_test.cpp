// SPDX-License-Identifier: LGPL-2.1-or-later
// Logins: who gets which, and that every slot comes back.
#include "player.hpp"

#include <atomic>
#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::m3uprofilesel::test;
using provider::TestProvider;
using relevo::test::eventually;

namespace {

/// One channel, by the address of joe.
struct Account {
  explicit Account(const std::string& query = "burst=1")
      : provider(small_provider()),
        list(folder.write("list.m3u", "#EXTM3U\n#EXTINF:-1,One\n" +
                                          provider.url("/live/joe/secret/one.ts?" + query) + "\n")) {}

  [[nodiscard]] std::unique_ptr<Player> player(const std::vector<LoginFields>& logins = joe_and_ann()) const {
    auto made = std::make_unique<Player>(list);
    made->set_logins(logins);
    return made;
  }
  [[nodiscard]] bool all_closed() const {
    return eventually(
        [&] { return provider.login_counters("joe").open == 0 && provider.login_counters("ann").open == 0; });
  }
  /// The provider never saw more than it allows.
  void check_limits() const {
    for (const std::string user : {"joe", "ann"}) {
      CAPTURE(user);
      CHECK(provider.login_counters(user).refused == 0);
      CHECK(provider.login_counters(user).highest <= 1);
    }
  }

  Folder folder;
  TestProvider provider;
  std::string list;
};

std::string login_of(Player& player) {
  player.pipeline.play();
  return field(player.wait_for("play").get(), "login");
}

/// That the slot of joe is free, in this process and at the provider.
void check_free(const Account& account) {
  REQUIRE(account.all_closed());
  const auto next = account.player();
  CHECK(login_of(*next) == "joe");
  next->pipeline.stop();
  CHECK(account.all_closed());
  account.check_limits();
}

} // namespace

TEST_CASE("the second login plays when the first is in use, and the third viewer is told") {
  const Account account;
  const auto first = account.player(), second = account.player(), third = account.player();
  CHECK(login_of(*first) == "joe");
  CHECK(login_of(*second) == "ann");
  third->pipeline.play();
  CHECK(third->wait_for_error() ==
        "slot-refused: No login plays \"One\": joe: Login \"joe\" has no free connection; "
        "ann: Login \"ann\" has no free connection");
  CHECK(account.provider.login_counters("joe").open == 1);
  CHECK(account.provider.login_counters("ann").open == 1);
  first->pipeline.stop();
  const auto fourth = account.player();
  REQUIRE(eventually([&] { return account.provider.login_counters("joe").open == 0; }));
  CHECK(login_of(*fourth) == "joe");
  account.check_limits();
}

TEST_CASE("a login that the provider refuses is passed over for the next one") {
  Account account;
  account.provider.set_login({"joe", "secret", 0});
  const auto player = account.player();
  player->pipeline.play();
  const auto passed = player->wait_for("pass-over");
  CHECK(field(passed.get(), "login") == "joe");
  CHECK(field(passed.get(), "failure") == "status");
  CHECK(field(player->wait_for("play").get(), "login") == "ann");
  // What is in use elsewhere is no reason to count it as in use here.
  account.provider.set_login({"joe", "secret", 1});
  const auto next = account.player();
  CHECK(login_of(*next) == "joe");
}

TEST_CASE("when no login plays, the error is what the provider said") {
  Account account;
  account.provider.set_login({"joe", "secret", 0});
  account.provider.set_login({"ann", "secret", 0});
  const auto player = account.player();
  player->pipeline.play();
  const auto error = player->wait_for_error();
  CAPTURE(error);
  CHECK(error.find("status 403: No login plays \"One\": joe: The server answered 403") == 0);
  CHECK(error.find("secret") == std::string::npos);
}

TEST_CASE("a login whose pattern does not match would be another one, and is passed over") {
  const Account account;
  const auto player = account.player({{"x", "/bob/", "/x/", 1}, {"y", "/(joe)/", "/$1/", 1}});
  CHECK(login_of(*player) == "y");
}

TEST_CASE("the slot comes back when the element stops, at any stage") {
  for (const std::string query : {"burst=1", "fault=hold:60", "fault=holdbody:60", "fault=stall@0"}) {
    CAPTURE(query);
    const Account account(query);
    for (std::uint64_t i = 1; i <= 3; ++i) {
      const auto player = account.player();
      player->pipeline.play();
      // One that the provider has not seen yet would be counted by it when the next one is there.
      REQUIRE(eventually([&] { return account.provider.login_counters("joe").opens == i; }));
      player->pipeline.stop();
      REQUIRE(account.all_closed()); // so that the provider has noticed, too
    }
    account.check_limits();
    const auto next = account.player();
    next->pipeline.play();
    CHECK(field(next->wait_for("open").get(), "login") == "joe");
  }
}

TEST_CASE("the slot comes back when the stream fails or ends, before anybody is told") {
  for (const std::string fault : {"reset", "truncate", "stall", "close"}) {
    CAPTURE(fault);
    Account account;
    const auto player = account.player();
    CHECK(login_of(*player) == "joe");
    account.provider.set_faults("one", {fault});
    player->pipeline.wait_for(GstMessageType(GST_MESSAGE_ERROR | GST_MESSAGE_EOS));
    account.provider.clear_faults("one");
    check_free(account);
  }
}

TEST_CASE("the slot comes back when the element is destroyed while it plays") {
  const Account account;
  { CHECK(login_of(*account.player()) == "joe"); }
  check_free(account);
}

TEST_CASE("accounts of other names, and logins without a limit, do not share slots") {
  const Account account;
  const auto first = account.player({{"joe", "", "", 1}}), second = account.player({{"joe", "", "", 1}});
  g_object_set(second->element().get(), "account", "other", nullptr);
  CHECK(login_of(*first) == "joe");
  second->pipeline.play();
  CHECK(second->wait_for_error().find("status 403") == 0); // it was tried
  const auto third = account.player({});
  third->pipeline.play();
  CHECK(third->wait_for_error().find("status 403") == 0);
}

TEST_CASE("an application can count slots by itself") {
  const Account account;
  std::atomic<int> requests = 0, taken = 0;
  std::string asked;
  const auto player = account.player();
  {
    const auto request = gx::SignalConnection::connect<gboolean(const gchar*, const gchar*)>(
        player->element().get(), "request-slot", [&](const gchar* name, const gchar* login) -> gboolean {
          ++requests;
          asked += std::string(name) + '/' + login + ' ';
          if (login == std::string("joe")) return FALSE;
          ++taken;
          return TRUE;
        });
    const auto release = gx::SignalConnection::connect<void(const gchar*, const gchar*)>(
        player->element().get(), "release-slot", [&](const gchar*, const gchar* login) {
          CHECK(std::string(login) == "ann");
          --taken;
        });
    CHECK(login_of(*player) == "ann");
    CHECK(taken == 1);
    player->pipeline.stop();
    CHECK(taken == 0);
  }
  CHECK(requests == 2);
  CHECK(asked == account.list + "/joe " + account.list + "/ann ");
  check_free(account); // what was not counted here was not given back here
}

TEST_CASE("a login's own headers count before those of the entry") {
  Account account;
  account.list = account.folder.write(
      "list.m3u", "#EXTM3U\n#EXTINF:-1,One\n#EXTVLCOPT:http-user-agent=entry\n" +
                      account.provider.url("/live/joe/secret/one.ts?burst=1") + "|X-A=entry&X-B=entry\n");
  const auto player = account.player({{"joe", "", "", 1, "login", {{"x-a", "login"}}}});
  player->play();
  player->pipeline.stop();
  const auto request = account.provider.last_request("/live/joe/secret/one.ts");
  REQUIRE(request);
  CHECK(request->header("user-agent") == "login");
  CHECK(request->header("x-a") == "login");
  CHECK(request->header("x-b") == "entry");
}
