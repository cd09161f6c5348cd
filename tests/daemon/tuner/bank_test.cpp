// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tuner/bank.hpp"

#include "base/text.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::tuner;
using namespace std::chrono_literals;

namespace {

constexpr const char* kClient = "192.0.2.7";

struct House {
  std::string done; // by the hooks
  Bank bank{{[this](unsigned tuner, const Station& station, const Target& target) {
               done += concat("start ", tuner, ' ', station.name, ' ', target.rtp ? "rtp " : "udp ",
                              target.port, '\n');
             },
             [this](unsigned tuner) { done += concat("stop ", tuner, '\n'); }}};
  Bank::Time now{};

  explicit House(std::size_t stations = 3, unsigned tuners = 2) {
    Stations all;
    for (std::size_t i = 1; i <= stations; ++i)
      all.push_back({std::to_string(i), concat("C", i), concat("uuid-", i)});
    bank.set(tuners, std::move(all));
  }

  /// The value, or what is wrong.
  std::string ask(const hdhr::GetSet& request, const char* from = kClient) {
    const auto packet = bank.answer(request, from, now);
    const auto parsed = hdhr::parse_packet(as_bytes(packet));
    REQUIRE(parsed);
    const auto fields = hdhr::parse_fields(parsed->payload);
    REQUIRE(fields);
    return std::string(text_of(fields->back()));
  }
  std::string get(std::string_view name) { return ask({name, std::nullopt, 0}); }
  std::string set(std::string_view name, std::string_view value, std::uint32_t key = 0,
                  const char* from = kClient) {
    return ask({name, value, key}, from);
  }
  std::string take_done() { return std::exchange(done, {}); }
};

Play play(std::uint64_t session, int channel) {
  return {session, concat("uuid-", channel), concat("C", channel), "192.0.2.99", 8'000'000};
}

} // namespace

TEST_CASE("what a device is can be read, and not changed") {
  House house;
  CHECK(house.get("/sys/model") == "hdhomerun4_atsc");
  CHECK(house.get("/sys/hwmodel") == "HDHR4-2US");
  CHECK(house.get("/tuner1/channelmap") == "us-bcast");
  CHECK(house.set("/sys/model", "x") == "ERROR: this cannot be set");
  for (const char* name :
       {"/sys/nothing", "/tuner2/status", "/tuner0/nothing", "/tuner/status", "/tunerx/status", ""}) {
    CAPTURE(name);
    CHECK(house.get(name) == "ERROR: unknown getset variable");
    CHECK(house.set(name, "x") == "ERROR: unknown getset variable");
  }
}

TEST_CASE("a tuner that does nothing says so") {
  House house;
  CHECK(house.get("/tuner0/status") == "ch=none lock=none ss=0 snq=0 seq=0 bps=0 pps=0");
  CHECK(house.get("/tuner0/vstatus") == "vch=none name=none auth=none cci=none cgms=none");
  for (const char* name :
       {"/tuner0/channel", "/tuner0/vchannel", "/tuner0/target", "/tuner0/lockkey", "/tuner0/streaminfo"})
    CHECK(house.get(name) == "none");
}

TEST_CASE("a scan finds each station once") {
  for (const std::size_t stations : {0U, 1U, 23U, 24U, 480U}) {
    CAPTURE(stations);
    House house(stations);
    std::size_t found = 0;
    for (unsigned hz = 57'000'000; hz < 900'000'000; hz += 6'000'000) {
      house.set("/tuner0/channel", concat("auto:", hz));
      const bool locked = house.get("/tuner0/status").find("lock=8vsb") != std::string::npos;
      const auto info = house.get("/tuner0/streaminfo");
      CHECK(locked == (info != "none"));
      for (std::size_t i = 0; (i = info.find(" C", i)) != std::string::npos; ++i)
        ++found;
    }
    CHECK(found == stations);
  }
}

TEST_CASE("channels are set as programs write them") {
  struct {
    const char* value;
    const char* status; // its beginning
  } const cases[] = {
      {"auto:36", "ch=8vsb:36 lock=8vsb"},
      {"auto:605000000", "ch=8vsb:36 lock=8vsb"},
      {"8vsb:599000000", "ch=8vsb:35 lock=8vsb"},
      {"34", "ch=8vsb:34 lock=8vsb"},
      {"auto:33", "ch=auto:33 lock=none"},
      {"auto:57000000", "ch=auto:57000000 lock=none"},
      {"auto:4294967295", "ch=auto:4294967295 lock=none"},
      {"none", "ch=none lock=none"},
  };
  House house;
  for (const auto& c : cases) {
    CAPTURE(c.value);
    CHECK(house.set("/tuner0/channel", c.value) == c.value);
    CHECK(house.get("/tuner0/status").starts_with(c.status));
  }
  for (const char* value : {"", "auto:", "auto:x", "auto:99999999999"})
    CHECK(house.set("/tuner0/channel", value) == "ERROR: invalid channel");
}

TEST_CASE("a station can be chosen by its number, or as a programme of a carrier") {
  House house(30); // two on each carrier
  CHECK(house.set("/tuner0/vchannel", "5") == "5");
  CHECK(house.get("/tuner0/status").starts_with("ch=8vsb:34 lock=8vsb"));
  CHECK(house.get("/tuner0/vstatus").starts_with("vch=5 name=C5 "));
  CHECK(house.get("/tuner0/streaminfo") == "1: 5 C5\n2: 6 C6\ntsid=0x0022\n");
  CHECK(house.set("/tuner0/vchannel", "31") == "ERROR: unknown virtual channel");
  CHECK(house.set("/tuner0/vchannel", "none") == "none");
  house.set("/tuner0/channel", "auto:36");
  CHECK(house.get("/tuner0/vchannel") == "1");
  CHECK(house.set("/tuner0/program", "2") == "2");
  CHECK(house.get("/tuner0/vchannel") == "2");
  CHECK(house.set("/tuner0/program", "x") == "ERROR: invalid program");
}

TEST_CASE("a stream goes to who asks for it, and follows what is set") {
  House house;
  house.set("/tuner0/vchannel", "2");
  CHECK(house.take_done().empty());
  CHECK(house.set("/tuner0/target", "rtp://192.0.2.7:5000") == "rtp://192.0.2.7:5000");
  CHECK(house.take_done() == "start 0 C2 rtp 5000\n");
  house.set("/tuner0/target", "rtp://192.0.2.7:5000");
  CHECK(house.take_done().empty());
  house.set("/tuner0/vchannel", "3");
  CHECK(house.take_done() == "stop 0\nstart 0 C3 rtp 5000\n");
  house.set("/tuner0/target", "udp://192.0.2.7:5001 ttl=4");
  CHECK(house.take_done() == "stop 0\nstart 0 C3 udp 5001\n");
  CHECK(house.set("/tuner0/target", "udp://192.0.2.8:5001") == "ERROR: the target has to be who asks");
  for (const char* target :
       {"", "udp://", "udp://192.0.2.7", "udp://192.0.2.7:0", "tcp://192.0.2.7:5000", "udp://home:5000"})
    CHECK(house.set("/tuner0/target", target) == "ERROR: invalid target");
  CHECK(house.take_done().empty());
  CHECK(house.set("/tuner0/target", "none") == "none");
  CHECK(house.take_done() == "stop 0\n");
}

TEST_CASE("what nobody takes any more is given up") {
  House house;
  house.set("/tuner0/lockkey", "7");
  house.set("/tuner0/vchannel", "2", 7);
  house.set("/tuner0/target", "udp://192.0.2.7:5000", 7);
  house.bank.on_sent_all(0);
  CHECK(house.get("/tuner0/target") == "none");
  CHECK(house.get("/tuner0/lockkey") == "none");
  house.take_done();
  house.set("/tuner0/target", "udp://192.0.2.7:5000");
  CHECK(house.take_done() == "start 0 C2 udp 5000\n");
  house.bank.set(2, {{"2", "C2", "uuid-2"}}); // goes on
  CHECK(house.take_done().empty());
  house.bank.set(2, {});
  CHECK(house.take_done() == "stop 0\n");
  house.bank.on_sent_all(5);
}

TEST_CASE("what is sent stays the same station when others come, go or get other numbers") {
  const Stations more{{"1", "C1", "uuid-1"}, {"2", "new", "uuid-9"}, {"4", "C2", "uuid-2"}};
  for (const bool by_number : {true, false}) {
    CAPTURE(by_number);
    House house;
    if (by_number)
      house.set("/tuner0/vchannel", "2");
    else
      house.set("/tuner0/channel", "auto:35");
    house.set("/tuner0/target", "udp://192.0.2.7:5000");
    CHECK(house.take_done() == "start 0 C2 udp 5000\n");
    house.bank.set(2, more);
    CHECK(house.take_done().empty());
    CHECK(house.get("/tuner0/vchannel") == "4");
    CHECK(house.get("/tuner0/status").starts_with("ch=8vsb:34 "));
    CHECK(house.get("/tuner0/channel") == "8vsb:34");
    house.bank.set(2, {{"4", "another", "uuid-8"}});
    CHECK(house.take_done() == "stop 0\n");
    CHECK(house.get("/tuner0/target") == "none");
    house.bank.set(2, more);
    CHECK(house.take_done().empty());
  }
}

TEST_CASE("which programme of a carrier is sent follows its station") {
  House house(30); // two on each carrier
  house.set("/tuner0/channel", "auto:34");
  house.set("/tuner0/program", "2");
  house.set("/tuner0/target", "udp://192.0.2.7:5000");
  CHECK(house.take_done() == "start 0 C6 udp 5000\n");
  Stations fewer;
  for (int i = 4; i <= 30; ++i)
    fewer.push_back({std::to_string(i), concat("C", i), concat("uuid-", i)});
  house.bank.set(2, fewer);
  CHECK(house.take_done().empty());
  CHECK(house.get("/tuner0/channel") == "8vsb:35");
  CHECK(house.get("/tuner0/program") == "1");
  CHECK(house.get("/tuner0/vchannel") == "6");
}

TEST_CASE("who had a stream sent can do something else at once") {
  House house;
  house.set("/tuner0/vchannel", "2");
  house.set("/tuner0/target", "udp://192.0.2.7:5000");
  house.bank.see({play(8, 2)});
  house.set("/tuner0/target", "none");
  CHECK(house.set("/tuner0/channel", "auto:36") == "auto:36");
}

TEST_CASE("fewer tuners send less") {
  House house;
  house.set("/tuner1/vchannel", "2");
  house.set("/tuner1/target", "udp://192.0.2.7:5000");
  house.take_done();
  house.bank.set(1, {{"2", "C2", "uuid-2"}});
  CHECK(house.take_done() == "stop 1\n");
}

TEST_CASE("who locks a tuner has it alone") {
  House house;
  CHECK(house.set("/tuner0/lockkey", "x") == "ERROR: invalid lockkey");
  CHECK(house.set("/tuner0/lockkey", "123") == kClient);
  CHECK(house.set("/tuner0/channel", "auto:14", 0, "192.0.2.8") == "ERROR: resource locked by 192.0.2.7");
  CHECK(house.set("/tuner0/lockkey", "124", 124, "192.0.2.8") == "ERROR: resource locked by 192.0.2.7");
  CHECK(house.set("/tuner0/channel", "auto:14", 123) == "auto:14");
  CHECK(house.set("/tuner1/channel", "auto:14", 0, "192.0.2.8") == "auto:14");
  CHECK(house.set("/tuner0/lockkey", "none", 123) == "none");
  CHECK(house.set("/tuner0/channel", "auto:15", 0, "192.0.2.8") == "auto:15");
  house.set("/tuner0/lockkey", "123");
  CHECK(house.set("/tuner0/lockkey", "force", 0, "192.0.2.8") == "none");
}

TEST_CASE("a lock that nobody uses ends") {
  House house;
  house.set("/tuner0/lockkey", "123");
  house.now += 50s;
  house.set("/tuner0/channel", "auto:14", 123);
  house.now += 50s;
  CHECK(house.get("/tuner0/lockkey") == kClient);
  house.now += 11s;
  CHECK(house.get("/tuner0/lockkey") == "none");
  house.set("/tuner0/lockkey", "123");
  house.set("/tuner0/target", "udp://192.0.2.7:5000", 123);
  house.now += 3600s;
  CHECK(house.get("/tuner0/lockkey") == kClient);
}

TEST_CASE("what is watched otherwise takes a tuner") {
  House house;
  house.bank.see({play(8, 3)});
  CHECK(house.get("/tuner0/status") == "ch=8vsb:34 lock=8vsb ss=100 snq=100 seq=100 bps=8000000 pps=759");
  CHECK(house.get("/tuner0/vchannel") == "3");
  CHECK(house.set("/tuner0/channel", "auto:14") == "ERROR: resource locked by 192.0.2.99");
  CHECK(house.set("/tuner0/lockkey", "5") == "ERROR: resource locked by 192.0.2.99");
  house.bank.see({play(8, 3), play(9, 1), play(10, 2)}); // there are but two tuners
  CHECK(house.get("/tuner0/vchannel") == "3");
  CHECK(house.get("/tuner1/vchannel") == "1");
  house.bank.see({play(9, 1), play(10, 2)});
  CHECK(house.get("/tuner0/vchannel") == "2");
  CHECK(house.get("/tuner1/vchannel") == "1");
  auto unknown = play(11, 7); // without a number
  house.bank.see({unknown});
  CHECK(house.get("/tuner0/vstatus").starts_with("vch=0 name=C7 "));
  CHECK(house.get("/tuner1/vchannel") == "none");
}

TEST_CASE("a tuner that sends shows what it sends, and others show what else is watched") {
  House house;
  house.set("/tuner1/vchannel", "2");
  house.set("/tuner1/target", "udp://192.0.2.7:5000");
  house.bank.see({play(8, 2), play(9, 3)});
  CHECK(house.get("/tuner1/status").find("bps=8000000") != std::string::npos);
  CHECK(house.get("/tuner0/vchannel") == "3");
  const auto states = house.bank.states();
  REQUIRE(states.size() == 2);
  CHECK((states[0].number == "3" && states[0].target == "192.0.2.99"));
  CHECK((states[1].number == "2" && states[1].target == kClient && states[1].bitrate == 8'000'000));
  CHECK(house.set("/tuner1/target", "none") == "none");
}
