// SPDX-License-Identifier: LGPL-2.1-or-later
#include "net/server.hpp"

#include "wire.hpp"

#include <sys/stat.h>
#include <unistd.h>

using namespace relevo;
using namespace relevo::net;
using namespace relevo::net::test;

namespace {

std::string read_file(int file) {
  std::string content;
  char block[4096];
  ssize_t size = 0;
  while ((size = read(file, block, sizeof block)) > 0)
    content.append(block, static_cast<std::size_t>(size));
  return content;
}

/// A server that sends bodies back.
struct Echo : Served {
  explicit Echo(ServerSettings settings = {}) : Served(std::move(settings)) {
    const auto from_memory = [this](const Request& asked) {
      ++asked_;
      return Response{200, asked.body, "text/plain"};
    };
    const auto from_file = [this](const Request& asked) {
      ++asked_;
      struct stat status {};
      fstat(asked.file.get(), &status);
      CHECK(status.st_nlink == 0);
      return Response{200, read_file(asked.file.get()), "text/plain"};
    };
    route({Method::Post, "/json", "", from_memory, Access::Anyone, json_body(1000)});
    route({Method::Post, "/file", "", from_file, Access::Anyone, file_body(3'000'000)});
    route({Method::Post, "/nothing", "", from_memory});
  }

  int asked_ = 0;
};

std::string chunked(const std::string& body) {
  std::string out;
  for (std::size_t at = 0; at < body.size(); at += 7) {
    const auto part = body.substr(at, 7);
    out += concat(part.size(), "\r\n", part, "\r\n");
  }
  return out + "0\r\n\r\n";
}

const char* const kChunkedJson = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";

} // namespace

TEST_CASE("a body is kept as its route says") {
  Echo echo;
  CHECK(body_of(echo.ask(post("/json", "application/json", "[1]"))) == "[1]");
  CHECK(body_of(echo.ask(post("/json", "Application/JSON; charset=utf-8", "[1]"))) == "[1]");
  CHECK(body_of(echo.ask(request("POST /json", kChunkedJson, chunked("[\"much more text\"]")))) ==
        "[\"much more text\"]");
  CHECK(status_of(echo.ask(request("POST /json"))) == 200);
  const auto dropped = echo.ask(post("/nothing", "any/thing", std::string(100'000, 'x')));
  CHECK(status_of(dropped) == 200);
  CHECK(body_of(dropped).empty());

  const std::string large(2'900'000, 'z');
  CHECK((body_of(echo.ask(post("/file", "audio/x-mpegurl", large))) == large));
  CHECK(status_of(echo.ask(request("POST /file"))) == 200);
}

TEST_CASE("a body may come byte by byte, and others are served meanwhile") {
  Echo echo;
  echo.visit([&echo](Wire& wire) {
    wire.send("POST /json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 5\r\n");
    for (const char byte : std::string("\r\n[1,2]")) {
      wire.send({&byte, 1});
      Wire other(echo.endpoint());
      other.send(request("POST /nothing"));
      other.read_all();
      CHECK(status_of(other.received) == 200);
    }
    wire.read_all();
    CHECK(wire.received.ends_with("\r\n\r\n[1,2]"));
  });
  CHECK(echo.asked_ == 8);
}

TEST_CASE("a body is refused by its size and type") {
  Echo echo;
  const auto refused = [&echo](const std::string& asked, int status, const char* code) {
    const auto answer = echo.ask(asked);
    CHECK(status_of(answer) == status);
    CHECK(body_of(answer).starts_with(concat(R"({"error":{"code":")", code, "\",")));
  };
  refused(post("/json", "application/json", std::string(1001, ' ')), 413, "body-too-large");
  refused(request("POST /json", kChunkedJson, chunked(std::string(1001, ' '))), 413, "body-too-large");
  refused(post("/file", "text/plain", std::string(3'000'001, ' ')), 413, "body-too-large");
  refused(request("POST /file", "Transfer-Encoding: chunked\r\n",
                  concat("2dc6c1\r\n", std::string(3'000'001, ' '), "\r\n0\r\n\r\n")),
          413, "body-too-large");
  refused(post("/json", "text/plain", "[1]"), 415, "wrong-content-type");
  refused(post("/json", "application/x-www-form-urlencoded", "[1]"), 415, "wrong-content-type");
  refused(request("POST /json", "Content-Length: 3\r\n", "[1]"), 415, "wrong-content-type");
  CHECK(echo.asked_ == 0);
}

TEST_CASE("a client that asks before it sends its body is told at once") {
  Echo echo;
  const auto ask = [&echo](std::string_view size) {
    return echo.ask(request("POST /json", concat("Content-Type: application/json\r\nExpect: 100-continue\r\n",
                                                 "Content-Length: ", size, "\r\n")));
  };
  CHECK(status_of(ask("1001")) == 413);
  echo.visit([](Wire& wire) {
    wire.send(request("POST /json",
                      "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 3\r\n"));
    CHECK(wire.read_until("\r\n\r\n"));
    CHECK(wire.received.starts_with("HTTP/1.1 100 Continue\r\n"));
    wire.send("[1]");
    wire.read_all();
    CHECK(wire.received.find("HTTP/1.1 200 OK\r\n") != std::string::npos);
    CHECK(wire.received.ends_with("\r\n\r\n[1]"));
  });
}

TEST_CASE("a client that sends without end is cut off") {
  Echo echo;
  echo.visit([](Wire& wire) {
    wire.send(request("POST /nothing", "Transfer-Encoding: chunked\r\n"));
    const auto chunk = concat("10000\r\n", std::string(0x10000, 'x'), "\r\n");
    int sent = 0;
    while (sent < 10'000 && wire.send(chunk))
      ++sent;
    CHECK(sent < 10'000);
  });
  CHECK(echo.asked_ == 0);
}

TEST_CASE("a client that leaves in the middle of its body leaves nothing") {
  Echo echo;
  for (const char* path : {"/json", "/file", "/nothing"})
    echo.visit([path](Wire& wire) {
      wire.send(
          request(concat("POST ", path), "Content-Type: application/json\r\nContent-Length: 500\r\n", "[1"));
      wire.leave();
    });
  CHECK(status_of(echo.ask(post("/json", "application/json", "[]"))) == 200);
  CHECK(echo.asked_ == 1);
}

TEST_CASE("where no file can be made, that is said") {
  Echo echo({.upload_folder = "/nowhere"});
  const auto answer = echo.ask(post("/file", "text/plain", "x"));
  CHECK(status_of(answer) == 507);
  CHECK(body_of(answer).starts_with(
      R"({"error":{"code":"no-space","message":"no file can be made for the body: )"));
  REQUIRE(echo.lines.size() == 1);
}
