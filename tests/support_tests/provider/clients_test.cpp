// SPDX-License-Identifier: LGPL-2.1-or-later
#include "provider/test_provider.hpp"
#include "raw_client.hpp"
#include "stream_check.hpp"
#include "two_channels.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>

using namespace relevo;
using namespace relevo::provider;
using namespace relevo::provider::test;

namespace {

double processor_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](timeval t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

} // namespace

TEST_CASE("a login never has more connections than its limit") {
  TestProvider provider{two_channels()};
  std::vector<std::unique_ptr<RawClient>> clients(20);
  std::atomic<int> served = 0, refused = 0;
  {
    std::vector<std::jthread> threads;
    for (auto& client : clients)
      threads.emplace_back([&] {
        client = std::make_unique<RawClient>(provider.port());
        client->get("/live/joe/secret/one.ts");
        const int status = client->read(Seconds{20}, 188).status;
        served += status == 200;
        refused += status == 403;
      });
  }
  CHECK(served == 3);
  CHECK(refused == 17);
  Counters counters = provider.login_counters("joe");
  CHECK(counters.open == 3);
  CHECK(counters.highest == 3);
  CHECK(counters.opens == 3);
  CHECK(counters.refused == 17);

  clients.clear();
  CHECK(eventually([&] { return provider.login_counters("joe").open == 0; }));
  provider.set_login({"joe", "secret", 0});
  CHECK(fetch(provider.port(), "/live/joe/secret/one.ts").status == 403);
  CHECK(fetch(provider.port(), "/control/login/joe?password=new&max=1").status == 200);
  CHECK(fetch(provider.port(), "/live/joe/new/one.ts", "", Seconds{10}, 188).status == 200);
}

TEST_CASE("a client that resets gives its connection back at once, whatever it was waiting for") {
  const TestProvider provider{two_channels()};
  for (const char* query : {"", "?fault=stall", "?fault=hold:60", "?fault=holdbody:60", "?speed=0"}) {
    CAPTURE(query);
    RawClient client{provider.port()};
    client.get(std::string{"/live/joe/secret/one.ts"} + query);
    CHECK(eventually([&] { return provider.login_counters("joe").open == 1; }));
    const auto begin = Clock::now();
    client.reset();
    CHECK(eventually([&] { return provider.login_counters("joe").open == 0; }));
    CHECK(Seconds{Clock::now() - begin}.count() < 1);
  }
  CHECK(provider.login_counters("joe").opens == 5);
  CHECK(provider.login_counters("joe").highest == 1);
}

TEST_CASE("the statistics tell what the counters do") {
  const TestProvider provider{two_channels()};
  RawClient client{provider.port()};
  client.get("/live/joe/secret/one.ts");
  CHECK(client.read(Seconds{10}, 188).status == 200);
  const Reply stats = fetch(provider.port(), "/stats");
  CHECK(stats.headers.at("content-type") == "application/json");
  CHECK(stats.body.find("\"joe\":{\"opens\":1,\"open\":1,\"highest\":1,\"refused\":0,\"max\":3}") !=
        std::string::npos);
  CHECK(stats.body.find("\"one\":{\"opens\":1,\"open\":1,\"highest\":1,\"refused\":0,\"bytes\":") !=
        std::string::npos);
  CHECK(stats.body.find("\"two\":{\"opens\":0") != std::string::npos);
}

TEST_CASE("bad clients get an error and hurt nobody") {
  const TestProvider provider{two_channels()};
  RawClient good{provider.port()};
  good.get("/live/one.ts?speed=4");

  const auto answer = [&](std::string_view text) {
    RawClient client{provider.port()};
    client.send(text);
    return client.read(Seconds{10}).status;
  };
  CHECK(answer("\x16\x03\x01 nonsense\r\n\r\n") == 400);
  CHECK(answer("DELETE / HTTP/1.1\r\n\r\n") == 405);
  CHECK(answer("POST /control/channel/one HTTP/1.1\r\nContent-Length: 5\r\n\r\n") == 413);
  CHECK(answer("GET /" + std::string(HttpServer::kMaxHead + 4, 'x')) == 431);
  CHECK(answer("GET /live/one.ts?burst=1e9&speed=1e9&seed=-5&fault=close@0.5 HTTP/1.1\r\n\r\n") == 200);
  RawClient slow{provider.port()}; // never reads
  slow.get("/live/one.ts?speed=0");
  std::vector<std::unique_ptr<RawClient>> flood; // never ask
  for (int i = 0; i < 200; ++i)
    flood.push_back(std::make_unique<RawClient>(provider.port()));

  const Reply reply = good.read(Seconds{1.5});
  const StreamCheck check = check_stream(reply.body, 3600);
  CHECK(reply.end == End::Deadline);
  CHECK(check.seconds() > 2);
  CHECK(check.continuity_errors + check.clock_jumps == 0);
}

TEST_CASE("more connections than the server takes are told so") {
  Options few = two_channels();
  few.max_connections = 5;
  const TestProvider provider{few};
  std::vector<std::unique_ptr<RawClient>> idle;
  for (int i = 0; i < 5; ++i)
    idle.push_back(std::make_unique<RawClient>(provider.port()));
  CHECK(eventually([&] { return provider.connections().open == 5; }));
  CHECK(RawClient{provider.port()}.read().status == 503);
  CHECK(provider.connections().refused == 1);
  idle.clear();
  CHECK(eventually([&] { return provider.connections().open == 0; }));
  CHECK(fetch(provider.port(), "/stats").status == 200);
}

TEST_CASE("requests of one connection are answered one after the other") {
  const TestProvider provider{two_channels()};
  RawClient client{provider.port()};
  client.get("/stats");
  client.send("HEAD /playlist.m3u HTTP/1.1\r\n\r\nGET /none HTTP/1.1\r\nConnection: close\r\n\r\n");
  CHECK(client.read().status == 200);
  const Reply head = client.read(Seconds{10}, 0);
  CHECK(head.status == 200);
  CHECK(head.headers.at("content-type") == "audio/x-mpegurl");
  CHECK(client.read().status == 404);
  CHECK(client.read().end == End::Eof);
}

TEST_CASE("fifty channels cost little") {
  const TestProvider provider{two_channels()};
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 50; ++i) {
    clients.push_back(std::make_unique<RawClient>(provider.port()));
    clients.back()->get("/live/one.ts");
  }
  const double used = processor_seconds();
  std::atomic<std::size_t> bytes = 0;
  {
    std::vector<std::jthread> readers;
    for (auto& client : clients)
      readers.emplace_back([&] { bytes += client->read(Seconds{60}, 1'000'000).body.size(); });
  }
  CHECK(bytes == 50'000'000); // a second of each
  // Reading included. Without the sanitizers it is a fraction of this.
  CHECK(processor_seconds() - used < 1.5);
}
