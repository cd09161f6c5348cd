// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ace/reply.hpp"

#include "base/text.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ace;

namespace {

const std::string kHash = "0123456789abcdef0123456789abcdef01234567";
const std::string kOpened = R"({"response":{"infohash":"0123456789ABCDEF0123456789abcdef01234567",
  "playback_session_id":"s","playback_url":"http://h/ace/r/a/s","stat_url":"http://h/ace/stat/a/s",
  "command_url":"http://h/ace/cmd/a/s","event_url":"http://h/ace/event/a/s","is_live":1,"is_encrypted":0,
  "client_session_id":-1},"error":null})";

std::string text_of(const ReplyError& error) {
  static constexpr std::string_view kKinds[] = {"not-json", "incomplete", "refused"};
  return concat(kKinds[static_cast<std::size_t>(error.kind)], ": ", error.text);
}

/// Why a reply is refused; "" where it is not.
template <class T>
std::string problem(const Reply<T>& reply) {
  return reply ? "" : text_of(reply.error());
}

std::string without(std::string text, std::string_view part) {
  const auto at = text.find(part);
  REQUIRE(at != std::string::npos);
  return text.erase(at, part.size());
}

Statistics statistics(const std::string& members) {
  const auto read = read_statistics(R"({"response":{)" + members + R"(},"error":null})");
  REQUIRE_MESSAGE(read, problem(read));
  return *read;
}

} // namespace

TEST_CASE("an opened session") {
  const auto opened = read_opened(kOpened);
  REQUIRE(opened);
  CHECK(opened->infohash == kHash);
  CHECK(opened->playback_url == "http://h/ace/r/a/s");
  CHECK(opened->command_url == "http://h/ace/cmd/a/s");
  CHECK(opened->stat_url == "http://h/ace/stat/a/s");
  CHECK(opened->event_url == "http://h/ace/event/a/s");
  CHECK(opened->live);
}

TEST_CASE(
    "a session without events or statistics is one; without what is needed to play and stop it is none") {
  const auto bare = read_opened(without(without(kOpened, R"("event_url":"http://h/ace/event/a/s",)"),
                                        R"("stat_url":"http://h/ace/stat/a/s",)"));
  REQUIRE(bare);
  CHECK(bare->event_url.empty());
  CHECK(bare->stat_url.empty());
  CHECK(problem(read_opened(without(kOpened, R"("playback_url":"http://h/ace/r/a/s",)"))) ==
        "incomplete: no usable playback_url");
  CHECK(problem(read_opened(without(kOpened, R"("command_url":"http://h/ace/cmd/a/s",)"))) ==
        "incomplete: no usable command_url");
  CHECK(problem(read_opened(without(kOpened, "abcdef0123"))) == "incomplete: no usable infohash");
}

TEST_CASE("answers that are no reply") {
  struct Row {
    const char* body;
    const char* problem;
  };
  const Row rows[] = {
      {"", "not-json: an empty answer"},
      {" \n", "not-json: an empty answer"},
      {"<html><body><h1>502</h1> Bad\n Gateway</body></html>", "not-json: no JSON: 502 Bad Gateway"},
      {R"({"response":{"infohash":)", R"(not-json: no JSON: {"response":{"infohash":)"},
      {"{\"response\":\"\xff\"}", "not-json: no JSON: {\"response\":\"\xff\"}"},
      {R"({"response":1e999})", R"(not-json: no JSON: {"response":1e999})"},
      {"[]", "incomplete: neither response nor result"},
      {"null", "incomplete: neither response nor result"},
      {"{}", "incomplete: neither response nor result"},
      {R"({"response":null,"error":null})", "incomplete: the response is no object"},
      {R"({"response":"ok","error":null})", "incomplete: the response is no object"},
      {R"({"response":[]})", "incomplete: the response is no object"},
      {R"({"response":{}})", "incomplete: no usable infohash"},
      {R"({"response":{"infohash":7}})", "incomplete: no usable infohash"},
      {R"({"response":null,"error":"failed to load content"})", "refused: failed to load content"},
      {R"({"response":{},"error":"<b>cannot</b>\nload\u0000  it"})", "refused: cannot load it"},
      {R"({"result":null,"error":{"message":"not found","code":0}})", "refused: not found"},
      {R"({"error":{"code":7}})", R"(refused: {"code":7})"},
      {R"({"error":404})", "refused: 404"},
      {R"({"error":""})", "refused: an error without words"},
  };
  for (const auto& row : rows) { // clang 14 lets no lambda have a structured binding
    CAPTURE(row.body);
    CHECK(problem(read_opened(row.body)) == row.problem);
  }
  CHECK(problem(read_opened(R"({"error":")" + std::string(5000, 'x') + "\"}")).size() == 209);
  CHECK(problem(read_opened(std::string(100'000, '['))).starts_with("not-json: no JSON: [[["));
}

TEST_CASE("the infohash of a content id, in the envelopes of both interfaces") {
  CHECK(read_infohash(R"({"result":{"infohash":")" + kHash + R"(","name":"News"}})") == kHash);
  CHECK(read_infohash(R"({"response":{"infohash":")" + kHash + R"("},"error":null})") == kHash);
  CHECK(problem(read_infohash(R"({"result":{"infohash":""}})")) == "incomplete: no usable infohash");
  CHECK(problem(read_infohash(R"({"error":{"message":"unknown method"}})")) == "refused: unknown method");
}

TEST_CASE("commands, and sessions that the engine does not know") {
  CHECK(read_done(R"({"response":"ok","error":null})"));
  const auto unknown = read_done(R"({"response":null,"error":"unknown playback session id"})");
  REQUIRE(!unknown);
  CHECK(is_unknown_session(unknown.error()));
  CHECK(!is_unknown_session(read_done(R"({"response":null,"error":"unknown method"})").error()));
  CHECK(!is_unknown_session(read_done("unknown playback session id").error()));
}

TEST_CASE("statistics, with rates in bytes") {
  const auto read = read_statistics(R"({"response":{"status":"dl","peers":14,"speed_down":503,"speed_up":12,
    "downloaded":28311552,"uploaded":49152,"total_progress":0,"is_live":1,"stream_status":-1,
    "livepos":{"pos":"1639986690","last":"1639986704","live_first":"1639984904","live_last":"1639986704",
    "first_ts":"1639984904","last_ts":"1639986704","is_live":"1","buffer_pieces":"30"}},"error":null})");
  REQUIRE(read);
  const LivePosition live{std::chrono::seconds{1639986690}, std::chrono::seconds{1639984904},
                          std::chrono::seconds{1639986704}, 30};
  CHECK(*read == Statistics{Phase::Downloading, 0, 14, 503 * 1024, 12 * 1024, 28311552, 49152, live});
  CHECK(read->live->delay() == std::chrono::seconds{14});
  CHECK(read->live->window() == std::chrono::seconds{1800});
}

TEST_CASE("statistics in other spellings") {
  CHECK(statistics(R"("speedDown":2,"speedUp":3)").download_rate == 2048);
  CHECK(statistics(R"("speedDown":2,"speedUp":3)").upload_rate == 3072);
  CHECK(statistics(R"("speed_down":1,"speedDown":2)").download_rate == 1024);
  CHECK(statistics(R"("peers":"7")").peers == 7);
  CHECK(statistics(R"("peers":7.9)").peers == 7);
  CHECK(statistics(R"("peers":true)").peers == 1);
  CHECK(statistics(R"("peers":-3)").peers == 0);
  CHECK(statistics(R"("peers":99999999999)").peers == 4294967295u);
  CHECK(statistics(R"("peers":"many")").peers == 0);
  CHECK(statistics(R"("peers":[1])").peers == 0);
  CHECK(statistics(R"("downloaded":1e300)").downloaded == 9'000'000'000'000'000);
  CHECK(statistics(R"("progress":31)").progress == 31);
  CHECK(statistics(R"("immediate_progress":32)").progress == 32);
  CHECK(statistics(R"("progress":1000)").progress == 100);
  CHECK(statistics("") == Statistics{});
}

TEST_CASE("phases have names") {
  struct Row {
    const char* status;
    const char* name;
  };
  const Row rows[] = {{"idle", "idle"},         {"prebuf", "prebuffering"}, {"dl", "downloading"},
                      {"buf", "buffering"},     {"wait", "waiting"},        {"check", "checking"},
                      {"checking", "checking"}, {"err", "failed"},          {"error", "failed"},
                      {"new", "unknown"}};
  for (const auto& [status, name] : rows)
    CHECK(name_of(statistics(concat(R"("status":")", status, '"')).phase) == name);
  CHECK(statistics(R"("status":3)").phase == Phase::Unknown);
}

TEST_CASE("a live position is whole, or none") {
  CHECK(statistics(R"("livepos":{"pos":5,"last":9,"first_ts":1})").live->delay() == std::chrono::seconds{4});
  CHECK_FALSE(statistics(R"("livepos":{"last":"9","first_ts":"1"})").live);
  CHECK_FALSE(statistics(R"("livepos":{"pos":"x","last":"9","first_ts":"1"})").live);
  CHECK_FALSE(statistics(R"("livepos":null)").live);
  CHECK_FALSE(statistics(R"("livepos":[])").live);
}

TEST_CASE("notices") {
  const auto stopped = read_notice(
      R"({"response":{"name":"download_stopped","params":{"reason":"missing_option","option":"proxyServer"}}})");
  REQUIRE(stopped);
  CHECK(ends_playback(*stopped));
  CHECK(describe(*stopped) == "download_stopped (option: proxyServer, reason: missing_option)");
  const auto live =
      read_notice(R"({"response":{"name":"live_changed","params":{"is_live":1,"list":[1],"x":null}}})");
  REQUIRE(live);
  CHECK_FALSE(ends_playback(*live));
  CHECK(describe(*live) == "live_changed (is_live: 1, x: null)");
  CHECK(read_notice(R"({"response":{"name":"a"}})") == Notice{"a", {}});
  CHECK(read_notice(R"({"response":null,"error":null})") == Notice{});
  CHECK(describe(Notice{}) == "");
  CHECK(problem(read_notice(R"({"response":{"params":{}}})")) == "incomplete: no usable name");
  CHECK(problem(read_notice(R"({"response":null,"error":"unknown playback session id"})")) ==
        "refused: unknown playback session id");
}
