// SPDX-License-Identifier: LGPL-2.1-or-later
#include "provider/test_provider.hpp"
#include "raw_client.hpp"
#include "stream_check.hpp"
#include "two_channels.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::provider;
using namespace relevo::provider::test;

namespace {

bool refuses(std::uint16_t port) {
  try {
    RawClient client{port};
    return false;
  } catch (const std::system_error& error) {
    return error.code() == std::errc::connection_refused;
  }
}

} // namespace

TEST_CASE("a stream has the head of a live stream and no end") {
  const TestProvider provider{two_channels()};
  const Reply reply = fetch(provider.port(), "/live/one.ts?speed=0", "", Seconds{60}, 25'000'000);
  CHECK(reply.status == 200);
  CHECK(reply.headers.at("content-type") == "video/mp2t");
  CHECK_FALSE(reply.headers.contains("content-length"));
  CHECK(reply.end == End::Enough);
  const StreamCheck check = check_stream(reply.body, 3600);
  CHECK(check.seconds() > 20); // past two loop points
  CHECK(check.continuity_errors + check.clock_jumps + check.decoding_jumps == 0);
}

TEST_CASE("what a client asked with can be looked at") {
  const TestProvider provider{two_channels()};
  CHECK_FALSE(provider.last_request("/live/one.ts"));
  static_cast<void>(
      fetch(provider.port(), "/live/one.ts?speed=0&x=1", "User-Agent: A\r\n", Seconds{60}, 1000));
  static_cast<void>(
      fetch(provider.port(), "/live/one.ts?speed=0&x=2", "User-Agent: B\r\n", Seconds{60}, 1000));
  static_cast<void>(fetch(provider.port(), "/live/two.ts?speed=0", "", Seconds{60}, 1000));
  const auto request = provider.last_request("/live/one.ts");
  REQUIRE(request);
  CHECK(request->header("user-agent") == "B");
  CHECK(request->get("x") == "2");
}

TEST_CASE("a stream is paced in real time after its burst") {
  const TestProvider provider{two_channels()};
  struct Row {
    const char* query;
    double burst, speed;
  };
  for (const Row& row :
       {Row{"", 0, 1}, {"?burst=2", 2, 1}, {"?speed=4", 0, 4}, {"?speed=4&fault=slow:50", 0, 2}}) {
    CAPTURE(row.query);
    const auto begin = Clock::now();
    const Reply reply = fetch(provider.port(), std::string{"/live/one.ts"} + row.query, "", Seconds{1});
    const double elapsed = Seconds{Clock::now() - begin}.count();
    const double media = check_stream(reply.body).seconds();
    CHECK(reply.end == End::Deadline);
    CHECK(media <= row.burst + row.speed * elapsed + 0.1);
    CHECK(media >= row.burst + row.speed * elapsed / 2 - 0.1); // half is for a machine with other work
  }
}

TEST_CASE("a stream is sent in small pieces where that is asked for") {
  const TestProvider provider{two_channels()};
  const std::string target = "/live/one.ts?chunked=1&piece=1316";
  const std::string chunks = fetch(provider.port(), target, "", Seconds{30}, 100'000).body;
  CHECK(chunks.starts_with("524\r\nG"));
  CHECK(chunks.substr(5 + 1316, 7) == "\r\n524\r\n");
  const auto get = [&](const std::string& query) {
    return fetch(provider.port(), "/live/one.ts" + query, "", Seconds{30}, 300'000);
  };
  // A machine with other work may wake the client late, and let him find several pieces at once.
  CHECK(eventually([&] {
    const Reply pieces = get("?piece=1316");
    REQUIRE(check_stream(pieces.body).continuity_errors == 0);
    return pieces.wakes > 3 * get("").wakes;
  }));
}

TEST_CASE("every fault before the answer is seen by the client") {
  TestProvider provider{two_channels()};
  struct Row {
    const char* faults;
    int status;
    End end;
    const char* type;
  };
  for (const Row& row : {
           Row{"fault=refuse", 0, End::Reset, ""},
           {"fault=status:401", 401, End::Enough, "text/html"},
           {"fault=status:403", 403, End::Enough, "text/html"},
           {"fault=status:404", 404, End::Enough, "text/html"},
           {"fault=status:503", 503, End::Enough, "text/html"},
           {"fault=redirect:1", 302, End::Enough, "text/html"},
           {"fault=redirect:1&hop=1", 200, End::Deadline, "video/mp2t"},
           {"fault=redirect:loop&hop=1", 302, End::Enough, "text/html"},
           {"fault=html", 200, End::Enough, "text/html"},
           {"fault=hold:60", 0, End::Deadline, ""},
           {"fault=nonsense", 400, End::Enough, "text/plain"},
           {"fault=clip:none", 400, End::Enough, "text/plain"},
       }) {
    CAPTURE(row.faults);
    const Reply reply = fetch(provider.port(), std::string{"/live/one.ts?"} + row.faults, "", Seconds{0.2});
    CHECK(reply.status == row.status);
    CHECK(reply.end == row.end);
    if (row.status != 0) CHECK(reply.headers.at("content-type") == row.type);
    if (row.status == 503) CHECK(reply.headers.at("retry-after") == "5");
  }
}

TEST_CASE("an answer and a body come as late as asked") {
  const TestProvider provider{two_channels()};
  for (const char* fault : {"hold:0.3", "holdbody:0.3"}) {
    CAPTURE(fault);
    RawClient client{provider.port()};
    const auto begin = Clock::now();
    client.get(std::string{"/live/one.ts?fault="} + fault);
    const Reply reply = client.read(Seconds{10}, 188);
    CHECK(reply.end == End::Enough);
    CHECK(Seconds{Clock::now() - begin}.count() >= 0.3);
  }
  const Reply head = fetch(provider.port(), "/live/one.ts?fault=holdbody:60", "", Seconds{0.2});
  CHECK(head.status == 200);
  CHECK(head.body.empty());
}

TEST_CASE("a chain of redirects ends at the stream") {
  const TestProvider provider{two_channels()};
  std::string target = "/live/one.ts?fault=redirect:3&burst=1";
  for (int hop = 0; hop < 3; ++hop) {
    const Reply reply = fetch(provider.port(), target);
    REQUIRE(reply.status == 302);
    target = reply.headers.at("location");
    const std::string own = provider.url("");
    if (hop % 2 == 0) {
      REQUIRE(target.starts_with(own));
      target.erase(0, own.size());
    }
    CHECK(target.starts_with("/"));
  }
  CHECK(fetch(provider.port(), target, "", Seconds{10}, 188).status == 200);
}

TEST_CASE("every fault of the transport is seen by the client") {
  const TestProvider provider{two_channels()};
  struct Row {
    const char* fault;
    End end;
    double media; // seconds that arrive
  };
  // Twenty times faster than real time: the faults come after a quarter of a second.
  for (const Row& row :
       {Row{"stall@5", End::Deadline, 5}, {"close@5", End::Eof, 5}, {"reset@5", End::Reset, 5}}) {
    CAPTURE(row.fault);
    const Reply reply =
        fetch(provider.port(), std::string{"/live/one.ts?speed=20&fault="} + row.fault, "", Seconds{5});
    CHECK(reply.end == row.end);
    // A reset may overtake bytes that are still on their way.
    const double media = check_stream(reply.body).seconds();
    CHECK(media < row.media + 2);
    if (row.end != End::Reset) CHECK(media > row.media - 2);
  }
}

TEST_CASE("a stall can end") {
  const TestProvider provider{two_channels()};
  const Reply reply = fetch(provider.port(), "/live/one.ts?speed=10&fault=stall@1-5", "", Seconds{1.5});
  const StreamCheck check = check_stream(reply.body, 3600);
  CHECK(check.seconds() > 2);
  CHECK(check.seconds() < 12);
  CHECK(check.clock_jumps == 0);
}

TEST_CASE("a truncated body ends inside a chunk") {
  const TestProvider provider{two_channels()};
  const Reply reply = fetch(provider.port(), "/live/one.ts?speed=20&fault=truncate@2", "", Seconds{10});
  CHECK(reply.headers.at("transfer-encoding") == "chunked");
  CHECK(reply.end == End::Eof);
  CHECK(reply.body.ends_with("2f00\r\nG"));
}

TEST_CASE("chunks hold the stream") {
  const TestProvider provider{two_channels()};
  std::string rest =
      fetch(provider.port(), "/live/one.ts?speed=0&chunked=1", "", Seconds{10}, 5'000'000).body;
  std::string body;
  for (;;) {
    const auto line = rest.find("\r\n");
    const std::size_t size = line == std::string::npos ? 0 : std::stoul(rest.substr(0, line), nullptr, 16);
    if (size == 0 || rest.size() < line + 2 + size + 2) break;
    body += rest.substr(line + 2, size);
    REQUIRE(rest.substr(line + 2 + size, 2) == "\r\n");
    rest.erase(0, line + 2 + size + 2);
  }
  CHECK(body.size() > 2'000'000);
  CHECK(check_stream(body).continuity_errors == 0);
}

TEST_CASE("every fault of the content arrives at its time") {
  const TestProvider provider{two_channels()};
  const auto received = [&](const std::string& faults) {
    const std::string target = "/live/one.ts?speed=0&pcr=100" + faults;
    return check_stream(fetch(provider.port(), target, "", Seconds{10}, 8'000'000).body, 3600);
  };
  CHECK(received("").first_pcr == 100 * ts::kPcrPerSecond);
  CHECK(received("&fault=drop:0.02@2").continuity_errors > 0);
  CHECK(received("&fault=corrupt:0.02@2").lost_sync > 0);
  CHECK(received("&fault=jump:3600@2").clock_jumps == 1);
  CHECK(received("&fault=jump:-20@2-4").clock_jumps == 2);
  CHECK(received("&fault=pids@2").tables == 2);
  CHECK(received("&fault=scrambled@2").scrambled > 0);
  CHECK(received("&fault=clip:mpeg2_576i@2").stream_types.contains(0x02));
  for (const char* fault : {"black", "frozen", "silent"}) {
    CAPTURE(fault);
    const StreamCheck check = received(std::string{"&fault="} + fault + "@2");
    CHECK(check.tables == 2);
    CHECK(check.decoding_jumps == 0);
  }
}

TEST_CASE("a control call reaches the connections of its channel at once, and only those") {
  const TestProvider provider{two_channels()};
  RawClient one{provider.port()}, two{provider.port()};
  one.get("/live/one.ts");
  two.get("/live/two.ts");
  REQUIRE(one.read(Seconds{10}, 188).status == 200);
  REQUIRE(two.read(Seconds{10}, 188).status == 200);
  CHECK(fetch(provider.port(), "/control/channel/one?fault=close").body == "{\"ok\":true}\n");
  CHECK(one.read(Seconds{10}).end == End::Eof);
  CHECK(two.read(Seconds{0.2}).end == End::Deadline);
  CHECK(fetch(provider.port(), "/live/one.ts").end == End::Eof);
  CHECK(fetch(provider.port(), "/control/channel/one").status == 200); // without faults: all well again
  CHECK(fetch(provider.port(), "/live/one.ts", "", Seconds{10}, 188).end == End::Enough);

  CHECK(fetch(provider.port(), "/control/channel/one?fault=nonsense").status == 400);
  CHECK(fetch(provider.port(), "/control/channel/none?fault=close").status == 400);
  CHECK(fetch(provider.port(), "/control").status == 404);
}

TEST_CASE("faults can be set by the test itself") {
  TestProvider provider{two_channels()};
  provider.set_faults("two", {"status:503"});
  CHECK(fetch(provider.port(), "/live/two.ts").status == 503);
  CHECK_THROWS_AS(provider.set_faults("two", {"nonsense"}), std::invalid_argument);
  CHECK_THROWS_AS(provider.set_faults("none", {"close"}), std::invalid_argument);
  provider.clear_faults("two");
  CHECK(fetch(provider.port(), "/live/two.ts", "", Seconds{10}, 188).status == 200);
}

TEST_CASE("unknown things are not found, wrong logins not let in") {
  const TestProvider provider{two_channels()};
  CHECK(fetch(provider.port(), "/").status == 404);
  CHECK(fetch(provider.port(), "/live").status == 404);
  CHECK(fetch(provider.port(), "/live/none.ts").status == 404);
  CHECK(fetch(provider.port(), "/live/joe/wrong/one.ts").status == 401);
  CHECK(fetch(provider.port(), "/live/ann/secret/one.ts").status == 401);
  CHECK(fetch(provider.port(), "/live/joe/secret/none.ts").status == 404);
  CHECK(provider.login_counters("joe").opens == 0);
}

TEST_CASE("a port can refuse, and the whole provider can go down and come back") {
  TestProvider provider{two_channels()};
  const std::string refusing = provider.refusing_url();
  CHECK(refuses(static_cast<std::uint16_t>(std::stoul(refusing.substr(refusing.rfind(':') + 1)))));

  RawClient client{provider.port()};
  client.get("/live/one.ts");
  REQUIRE(client.read(Seconds{10}, 188).status == 200);
  const std::uint16_t port = provider.port();
  provider.go_down();
  CHECK(client.read(Seconds{10}).end == End::Reset);
  CHECK(refuses(port));
  CHECK(provider.channel_counters("one").open == 0);
  provider.come_back();
  CHECK(provider.port() == port);
  CHECK(fetch(port, "/live/one.ts", "", Seconds{10}, 188).status == 200);
}

TEST_CASE("a playlist lists all channels by URLs that work") {
  const TestProvider provider{two_channels()};
  const std::string list = fetch(provider.port(), "/playlist.m3u?user=joe&password=secret").body;
  CHECK(list.starts_with("#EXTM3U\n#EXTINF:-1 tvg-id=\"one\""));
  const std::string url = provider.url("/live/joe/secret/two.ts");
  CHECK(list.find("\n" + url + "\n") != std::string::npos);
  CHECK(fetch(provider.port(), "/live/joe/secret/two.ts", "", Seconds{10}, 188).status == 200);
  CHECK(fetch(provider.port(), "/playlist.m3u?type=hls").body.find("/live/one.m3u8\n") != std::string::npos);
}
