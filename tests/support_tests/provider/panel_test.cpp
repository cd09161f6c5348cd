// SPDX-License-Identifier: LGPL-2.1-or-later
// The lists of accounts: their rows, and the faults that befall them.
#include "base/text.hpp"
#include "raw_client.hpp"
#include "two_channels.hpp"
#include "xtream/account.hpp"
#include "xtream/panel.hpp"
#include "xtream_copy.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::provider;
using namespace relevo::provider::test;

namespace {

using Live = xtream::LiveStream;

const std::string kApi = "/player_api.php?username=joe&password=secret";

template <class Row = Live>
std::vector<Row> rows(const TestProvider& provider, const std::string& query) {
  const auto list = xtream::read_list<Row>(fetch(provider.port(), kApi + query).body);
  CHECK_FALSE(list.refusal);
  CHECK(list.faults.empty());
  return list.rows;
}

std::vector<Live> live(const TestProvider& provider, const std::string& query) {
  return rows(provider, "&action=get_live_streams" + query);
}

/// How a panel's answer reads: "live streams", or the kind of its refusal.
std::string_view judged(const Reply& reply) {
  if (const auto refusal = xtream::refusal_of_status(reply.status)) return name_of(refusal->kind);
  const auto list = xtream::read_list<Live>(reply.body);
  return list.refusal ? name_of(list.refusal->kind) : "live streams";
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    all.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return all;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

/// Of chunks.
std::string joined(std::string rest) {
  std::string body;
  for (;;) {
    const auto line = rest.find("\r\n");
    const std::size_t size = line == std::string::npos ? 0 : std::stoul(rest.substr(0, line), nullptr, 16);
    if (size == 0 || rest.size() < line + 2 + size + 2) return body;
    body += rest.substr(line + 2, size);
    rest.erase(0, line + 2 + size + 2);
  }
}

} // namespace

TEST_CASE("a panel tells about the account, to GET and to POST") {
  const TestProvider provider{two_channels()};
  RawClient viewer{provider.port()};
  viewer.get("/live/joe/secret/one.ts");
  REQUIRE(viewer.read(Seconds{10}, 188).status == 200);
  const auto account = xtream::parse_account(fetch(provider.port(), kApi).body).value();
  CHECK(account.user == "joe");
  CHECK(account.standing == xtream::Standing::Active);
  CHECK(account.max_connections == 3);
  CHECK(account.active_connections == 1);
  CHECK(account.server.host == "127.0.0.1");
  CHECK(account.server.port == provider.port());

  const std::string form = "username=joe&password=secret";
  RawClient client{provider.port()};
  client.send(concat("POST /player_api.php HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n",
                     "Content-Length: ", form.size(), "\r\n\r\n", form, "GET /stats HTTP/1.1\r\n\r\n"));
  CHECK(xtream::parse_account(client.read().body).value() == account);
  CHECK(client.read().status == 200);
}

TEST_CASE("accounts in every spelling, and one that has expired") {
  const TestProvider provider{two_channels()};
  const auto account = [&](const std::string& query) {
    return xtream::parse_account(fetch(provider.port(), kApi + query).body).value();
  };
  const auto classic = account("");
  REQUIRE(classic.expires);
  for (const char* same : {"&fault=types:strings", "&fault=types:ints", "&fault=warning", "&action=nonsense"})
    CHECK(account(same) == classic);
  for (const char* unlimited : {"&fault=types:null", "&fault=types:blank"})
    CHECK_FALSE(account(unlimited).expires);
  CHECK(account("&fault=expired").standing == xtream::Standing::Expired);
  CHECK(account("&fault=expired").expires < classic.expires);
}

TEST_CASE("wrong logins are answered in every way there is") {
  const TestProvider provider{two_channels()};
  struct Row {
    const char* query;
    const char* judged;
  };
  for (const char* login : {"username=joe&password=x", "username=ann&password=secret", ""})
    for (const Row& row : {Row{"", "bad-login"},
                           {"&fault=badlogin:auth0", "bad-login"},
                           {"&fault=badlogin:401", "bad-login"},
                           {"&fault=badlogin:403", "bad-login"},
                           {"&fault=badlogin:empty", "empty"},
                           {"&fault=badlogin:html", "no-panel"}})
      for (const char* script : {"player_api.php", "get.php", "xmltv.php"}) {
        CAPTURE(login);
        CAPTURE(row.query);
        CHECK(judged(fetch(provider.port(), concat('/', script, '?', login, row.query))) == row.judged);
      }
  CHECK(fetch(provider.port(), kApi + "&fault=badlogin:maybe").status == 400);
}

TEST_CASE("lists have as many rows as asked for, always the same") {
  Options options = two_channels();
  options.lists = {.rows = 300, .seed = 5};
  const TestProvider provider{options};
  const auto all = live(provider, "");
  REQUIRE(all.size() == 300);
  CHECK(all[0].name == "one");
  CHECK(all[1].name == "two");
  for (std::size_t i = 0; i < all.size(); ++i) {
    REQUIRE(all[i].id == static_cast<std::int64_t>(1001 + i));
    REQUIRE(all[i].number == static_cast<std::int64_t>(i + 1));
    REQUIRE(all[i].categories.size() == 1);
  }
  CHECK(live(provider, "") == all);
  CHECK(live(provider, "&seed=6") != all);
  CHECK(live(provider, "&rows=20000").size() == 20000);
  CHECK(live(provider, "&rows=0").empty());
  CHECK(live(TestProvider{two_channels()}, "").size() == 2);

  const auto categories = rows<xtream::Category>(provider, "&action=get_live_categories");
  REQUIRE(categories.size() == 6);
  CHECK(rows<xtream::Category>(provider, "&action=get_vod_categories") == categories);
  CHECK(rows<xtream::Category>(provider, "&action=get_series_categories") == categories);
  std::size_t sum = 0;
  for (const auto& category : categories)
    for (const auto& row : live(provider, concat("&category_id=", category.id))) {
      CHECK(row.categories.front() == category.id);
      ++sum;
    }
  CHECK(sum == 300);

  const auto titles = rows<xtream::VodTitle>(provider, "&action=get_vod_streams");
  REQUIRE(titles.size() == 300);
  CHECK(titles[7].rating);
  CHECK_FALSE(titles[7].plot.empty());
  const auto series = rows<xtream::Series>(provider, "&action=get_series");
  REQUIRE(series.size() == 300);
  CHECK(series[7].backdrops.size() == 1);
}

TEST_CASE("values of every type read as the same rows, or as rows without what may be missing") {
  const TestProvider provider{two_channels()};
  const auto classic = live(provider, "&rows=100");
  for (const char* same : {"types:strings", "types:ints", "keyed", "warning"})
    CHECK(live(provider, concat("&rows=100&fault=", same)) == classic);
  for (const char* less : {"types:null", "types:blank"}) {
    const auto bare = live(provider, concat("&rows=100&fault=", less));
    REQUIRE(bare.size() == classic.size());
    CHECK(bare[0].icon.empty());
    CHECK(bare[0].id == classic[0].id);
  }
  const auto body = [&](const char* fault) {
    return fetch(provider.port(), concat(kApi, "&action=get_live_streams&fault=", fault)).body;
  };
  CHECK(body("types:strings").find("\"stream_id\":\"1001\"") != std::string::npos);
  CHECK(body("types:ints").find("\"category_id\":1,") != std::string::npos);
  CHECK(body("types:null").find("\"stream_icon\":null") != std::string::npos);
  CHECK(body("types:blank").find("\"stream_icon\":\"\"") != std::string::npos);
  CHECK(body("keyed").starts_with("{\"0\":{"));
  CHECK(body("warning").starts_with("<br />\n<b>Warning</b>"));
}

TEST_CASE("lists change as refreshes fear") {
  const TestProvider provider{two_channels()};
  const auto before = live(provider, "&rows=1000");
  const auto half = live(provider, "&rows=1000&fault=half");
  REQUIRE(half.size() == 500);
  for (std::size_t i = 0; i < half.size(); ++i)
    REQUIRE(half[i] == before[2 * i]);

  const auto renamed = live(provider, "&rows=1000&fault=renamed:0.5");
  std::size_t other = 0;
  for (std::size_t i = 0; i < renamed.size(); ++i) {
    CHECK(renamed[i].id == before[i].id);
    other += renamed[i].name != before[i].name ? 1 : 0;
  }
  CHECK(other > 400);
  CHECK(other < 600);

  auto reordered = live(provider, "&rows=1000&fault=reordered");
  std::size_t in_place = 0;
  for (std::size_t i = 0; i < reordered.size(); ++i)
    in_place += reordered[i] == before[i] ? 1 : 0;
  CHECK(in_place < 10);
  std::ranges::sort(reordered, {}, &Live::id);
  CHECK(reordered == before);
}

TEST_CASE("lists break in every way there is") {
  const TestProvider provider{two_channels()};
  struct Row {
    const char* fault;
    const char* judged;
    End end;
  };
  for (const Row& row : {Row{"cut:0.5", "truncated", End::Eof},
                         {"cut:0", "truncated", End::Eof},
                         {"cut:1", "truncated", End::Eof},
                         {"empty:list", "live streams", End::Eof},
                         {"empty:body", "empty", End::Eof},
                         {"html", "no-panel", End::Enough},
                         {"status:403", "bad-login", End::Enough},
                         {"status:503", "unavailable", End::Enough},
                         {"redirect:1", "unavailable", End::Enough},
                         {"stall", "truncated", End::Deadline}}) {
    CAPTURE(row.fault);
    const auto target = concat(kApi, "&action=get_live_streams&rows=1000&fault=", row.fault);
    const Reply reply = fetch(provider.port(), target, "", Seconds{1});
    CHECK(judged(reply) == row.judged);
    CHECK(reply.end == row.end);
  }
  const auto get = [&](const char* query) {
    return fetch(provider.port(), concat(kApi, "&action=get_live_streams&rows=1000", query));
  };
  CHECK(joined(get("&chunked=1").body) == get("").body);
  CHECK(get("&chunked=1").body.ends_with("\r\n0\r\n\r\n"));
  CHECK(get("&fault=truncate").body.ends_with("2f00\r\n,"));
  CHECK(get("&fault=reset").end == End::Reset);
}

TEST_CASE("a list drips at its rate") {
  const TestProvider provider{two_channels()};
  const auto begin = Clock::now();
  const Reply reply = fetch(provider.port(), "/list.m3u?rows=10&fault=drip:4000");
  const double elapsed = Seconds{Clock::now() - begin}.count();
  CHECK(reply.end == End::Eof);
  CHECK(elapsed >= 0.95 * static_cast<double>(reply.body.size()) / 4000);
  CHECK(reply.wakes > 5);
}

TEST_CASE("the playlist of a panel names URLs of streams that play within the limit of the login") {
  const TestProvider provider{two_channels()};
  const std::string get = "/get.php?username=joe&password=secret&rows=5";
  const auto plain = lines(fetch(provider.port(), get + "&type=m3u").body);
  REQUIRE(plain.size() == 11);
  CHECK(plain[0] == "#EXTM3U");
  CHECK(plain[1] == "#EXTINF:-1,one");
  CHECK(plain[2] == provider.url("/live/joe/secret/1001.ts"));
  const auto plus = lines(fetch(provider.port(), get + "&type=m3u_plus&output=m3u8").body);
  CHECK(plus[1].starts_with(R"(#EXTINF:-1 tvg-id="channel1.test" tvg-name="one")"));
  CHECK(plus[2] == provider.url("/live/joe/secret/1001.m3u8"));
  const auto brief =
      lines(fetch(provider.port(), get + "&path=short&fault=host:a.test&fault=token:t/1").body);
  CHECK(brief[4] == "http://a.test/joe/secret/1002.ts?token=t%2F1");
  CHECK(xtream::identify(brief[4])->id == 1002);

  std::vector<std::unique_ptr<RawClient>> viewers;
  for (const char* path : {"/live/joe/secret/1001.ts", "/joe/secret/1003", "/joe/secret/1004.ts"}) {
    CAPTURE(path);
    viewers.push_back(std::make_unique<RawClient>(provider.port()));
    viewers.back()->get(path);
    CHECK(viewers.back()->read(Seconds{10}, 188).status == 200);
  }
  CHECK(provider.channel_counters("one").open == 2);
  CHECK(provider.channel_counters("two").open == 1);
  CHECK(fetch(provider.port(), "/joe/secret/1002.ts").status == 403);
  CHECK(fetch(provider.port(), "/joe/wrong/1002.ts").status == 401);
  CHECK(fetch(provider.port(), "/joe/secret/1000.ts").status == 404);
  viewers.clear();
  CHECK(eventually([&] { return provider.login_counters("joe").open == 0; }));
  CHECK(fetch(provider.port(), "/live/joe/secret/1002.m3u8").body.starts_with("#EXTM3U"));
}

TEST_CASE("a plain playlist has the rows of a panel, its faults, and a guide") {
  const TestProvider provider{two_channels()};
  const auto get = [&](const std::string& query) {
    return lines(fetch(provider.port(), "/list.m3u?" + query).body);
  };
  const auto list = get("rows=100");
  REQUIRE(list.size() == 201);
  CHECK(list[0] == concat("#EXTM3U url-tvg=\"", provider.url("/guide.xml"), '"'));
  CHECK(list[4] == provider.url("/live/1002.ts"));
  CHECK(fetch(provider.port(), "/live/1002.ts", "", Seconds{10}, 188).status == 200);
  CHECK(get("rows=1&user=joe&password=secret")[2] == provider.url("/live/joe/secret/1001.ts"));
  CHECK(get("rows=100&fault=half").size() == 101);
  CHECK(get("rows=100&fault=cut:0.25").size() == 52);
  CHECK(get("fault=empty:list").size() == 1);
  CHECK(get("fault=empty:body").empty());
  CHECK(get("rows=1&fault=token:x&fault=host:h:1")[2] == "http://h:1/live/1001.ts?token=x");
  CHECK(get("rows=100&fault=renamed:1")[1].ends_with("VIP one (new)"));
  CHECK(fetch(provider.port(), "/list.m3u?fault=nonsense").status == 400);
}

TEST_CASE("guides have the channels of the rows, and programmes") {
  const TestProvider provider{two_channels()};
  const auto guide =
      fetch(provider.port(), "/xmltv.php?username=joe&password=secret&rows=8&start=1795186800&programmes=2")
          .body;
  CHECK(guide.starts_with("<?xml"));
  CHECK(guide.ends_with("</tv>\n"));
  CHECK(count(guide, "<channel id=") == 6); // every fourth has no guide
  CHECK(count(guide, "<programme start=") == 12);
  CHECK(guide.find(R"(start="20261120150000 +0000" stop="20261120160000 +0000" channel="channel1.test")") !=
        std::string::npos);
  CHECK(fetch(provider.port(), "/guide.xml?rows=8&start=1795186800&programmes=2").body == guide);
  CHECK_FALSE(fetch(provider.port(), "/guide.xml?rows=8&fault=cut:0.5").body.ends_with("</tv>\n"));
}

TEST_CASE("a control call reaches all lists, and wins") {
  TestProvider provider{two_channels()};
  CHECK(fetch(provider.port(), "/control/lists?fault=status:403").status == 200);
  for (const char* path : {"/list.m3u", "/guide.xml?fault=status:503"})
    CHECK(fetch(provider.port(), path).status == 403);
  CHECK(fetch(provider.port(), kApi).status == 403);
  CHECK(fetch(provider.port(), "/control/lists").status == 200);
  CHECK(fetch(provider.port(), "/list.m3u").status == 200);
  CHECK(fetch(provider.port(), "/control/lists?fault=nonsense").status == 400);
  provider.set_list_faults({"empty:body"});
  CHECK(fetch(provider.port(), "/list.m3u").body.empty());
  CHECK_THROWS_AS(provider.set_list_faults({"nonsense"}), std::invalid_argument);
}
