// SPDX-License-Identifier: LGPL-2.1-or-later
#include "net/server.hpp"

#include "gx/error.hpp"
#include "wire.hpp"

#include <fcntl.h>
#include <stdexcept>
#include <tuple>
#include <unistd.h>

using namespace relevo;
using namespace relevo::net;
using namespace relevo::net::test;

namespace {

std::string gunzip(const std::string& packed) {
  const auto memory = gx::Ref<GInputStream>::adopt(
      g_memory_input_stream_new_from_data(packed.data(), gssize(packed.size()), nullptr));
  const auto unpacker =
      gx::Ref<GZlibDecompressor>::adopt(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  const auto stream =
      gx::Ref<GInputStream>::adopt(g_converter_input_stream_new(memory.get(), G_CONVERTER(unpacker.get())));
  std::string text(1 << 20, '\0');
  gsize size = 0;
  gx::GlibError error;
  g_input_stream_read_all(stream.get(), text.data(), text.size(), &size, nullptr, error.out());
  REQUIRE(error.text() == "");
  text.resize(size);
  return text;
}

/// An unnamed file, at its start.
gx::Descriptor make_file(const std::string& content) {
  gx::Descriptor file(open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  REQUIRE(write(file.get(), content.data(), content.size()) == ssize_t(content.size()));
  lseek(file.get(), 0, SEEK_SET);
  return file;
}

std::string make_content(std::size_t size) {
  std::string content(size, '\0');
  for (std::size_t i = 0; i < size; ++i)
    content[i] = static_cast<char>(i * 7 + i / 251);
  return content;
}

} // namespace

TEST_CASE("a handler that throws gives status 500 and a line in the log, and the server goes on") {
  Served served;
  served.get("/bad", [](const Request&) -> Response { throw std::runtime_error("no such table"); });
  served.get("/good", [](const Request&) { return Response{200, "[]"}; });

  const auto bad = served.ask(request("GET /bad"));
  CHECK(status_of(bad) == 500);
  CHECK(body_of(bad) ==
        "{\"error\":{\"code\":\"failed\",\"message\":\"this request failed; the log tells why\"}}\n");
  CHECK(served.lines == std::vector<std::string>{"/bad: no such table"});

  const auto good = served.ask(request("GET /good"));
  CHECK(status_of(good) == 200);
  CHECK(header_of(good, "Connection") == "close");
  CHECK(body_of(good) == "[]\n");
}

TEST_CASE("a handler gets the request decoded") {
  Served served;
  std::string seen;
  served.get("/channels/{id}/streams/{stream}", [&seen](const Request& asked) {
    seen = concat(asked.parameter("id"), "|", asked.parameter("stream"), "|", asked.query_values("g").size(),
                  "|", *asked.query_value("q"), "|", asked.header("x-test"), "|", asked.peer);
    return Response{};
  });
  CHECK(status_of(served.ask(
            request("GET /channels/a%2Fb%20c/streams/9?g=1&q=x+%26&g=2", "X-Test: 5\r\n"))) == 200);
  CHECK(seen == "a/b c|9|2|x &|5|127.0.0.1");

  served.get("/", [](const Request& asked) { return Response{200, asked.path, "text/plain"}; });
  for (const char* line : {"GET /", "GET http://localhost", "GET http://localhost/?a=1"}) {
    CAPTURE(line);
    CHECK(body_of(served.ask(request(line))) == "/");
  }
}

TEST_CASE("what cannot be asked is refused before any handler") {
  Served served;
  served.get("/a", [](const Request&) -> Response { throw std::logic_error("asked"); });
  served.route({Method::Delete, "/a", "", [](const Request&) { return Response{204}; }});
  struct {
    const char* line;
    int status;
    const char* code; // null: no body
  } const cases[] = {
      {"GET /b", 404, "not-found"},
      {"GET /a/", 404, "not-found"},
      {"POST /a", 405, "method-not-allowed"},
      {"NONSENSE /a", 405, "method-not-allowed"},
      {"NONSENSE /b", 404, "not-found"},
      {"OPTIONS /b", 404, "not-found"},
      {"GET /%ff", 400, "bad-url"},
      {"GET /a?x=%ff", 400, "bad-url"},
      {"GET /%zz", 400, nullptr},
      {"GET /a?x=%", 400, nullptr}, // refused by libsoup
      {"DELETE /a", 204, nullptr},
      {"OPTIONS /a", 204, nullptr},
      {"OPTIONS *", 204, nullptr},
  };
  for (const auto& c : cases) {
    CAPTURE(c.line);
    const auto answer = served.ask(request(c.line));
    CHECK(status_of(answer) == c.status);
    if (c.code)
      CHECK(body_of(answer).starts_with(concat(R"({"error":{"code":")", c.code, "\",")));
    else
      CHECK(body_of(answer).empty());
    if (c.status == 405) CHECK(header_of(answer, "Allow") == "GET, HEAD, DELETE, OPTIONS");
  }
  CHECK(header_of(served.ask(request("OPTIONS /a")), "Allow") == "GET, HEAD, DELETE, OPTIONS");
  CHECK(served.lines.empty());
}

TEST_CASE("of requests sent at once the first is answered, and told that it was the last") {
  Served served;
  int asked = 0;
  served.get("/a", [&asked](const Request&) { return Response{200, std::to_string(++asked)}; });
  const auto answer = served.ask(request("GET /a") + request("GET /a") + request("GET /a"));
  CHECK(status_of(answer) == 200);
  CHECK(header_of(answer, "Connection") == "close");
  CHECK(body_of(answer) == "1\n");
  CHECK(asked == 1);
}

TEST_CASE("a client that falls silent inside its request is let go") {
  Served served({.patience = std::chrono::seconds(1)});
  served.route(
      {Method::Post, "/a", "", [](const Request&) { return Response{}; }, Access::Anyone, json_body()});
  CHECK(served.ask("GET /health HTTP/1.1\r\nHost:").empty());
  CHECK(served.ask(request("POST /a", "Content-Type: application/json\r\nContent-Length: 10\r\n", "["))
            .empty());
}

TEST_CASE("an address of another machine cannot be listened on") {
  const Log log(LogLevel::Info, [](LogLevel, std::string_view) {});
  Server server(log);
  const auto endpoint = server.listen({"192.0.2.1", 0}); // reserved for documentation
  REQUIRE_FALSE(endpoint);
  CHECK(endpoint.error().message.find("cannot listen on 192.0.2.1:0: ") == 0);
}

TEST_CASE("long text is compressed for those who take it") {
  Served served;
  const std::string text = concat("[\"", std::string(100'000, 'x'), "\"]");
  served.get("/long", [&text](const Request&) { return Response{200, text}; });
  served.get("/short", [](const Request&) { return Response{200, "[]"}; });
  served.get("/image", [&text](const Request&) { return Response{200, text, "image/png"}; });
  const std::string gzip = "Accept-Encoding: gzip\r\n";

  const auto packed = served.ask(request("GET /long", gzip));
  CHECK(header_of(packed, "Content-Encoding") == "gzip");
  CHECK(header_of(packed, "Vary") == "Accept-Encoding");
  CHECK(packed.size() < 2000);
  CHECK(gunzip(body_of(packed)) == text + "\n");
  const auto head = served.ask(request("HEAD /long", gzip));
  CHECK(header_of(head, "Content-Length") == header_of(packed, "Content-Length"));
  CHECK(body_of(head).empty());

  const auto plain = served.ask(request("GET /long"));
  CHECK(header_of(plain, "Content-Encoding").empty());
  CHECK(header_of(plain, "Vary") == "Accept-Encoding");
  CHECK(body_of(plain) == text + "\n");
  CHECK(header_of(served.ask(request("GET /short", gzip)), "Content-Encoding").empty());
  CHECK(header_of(served.ask(request("GET /image", gzip)), "Content-Encoding").empty());
}

TEST_CASE("what a client knows already is not sent again") {
  Served served;
  served.get("/a", [](const Request&) { return Response{.body = "[]", .etag = "v7"}; });
  CHECK(header_of(served.ask(request("GET /a")), "ETag") == "W/\"v7\"");
  for (const char* known : {"W/\"v7\"", "\"v6\", \"v7\"", "*"}) {
    CAPTURE(known);
    const auto answer = served.ask(request("GET /a", concat("If-None-Match: ", known, "\r\n")));
    CHECK(status_of(answer) == 304);
    CHECK(header_of(answer, "ETag") == "W/\"v7\"");
    CHECK(body_of(answer).empty());
  }
  CHECK(status_of(served.ask(request("GET /a", "If-None-Match: \"v6\"\r\n"))) == 200);
}

TEST_CASE("what is known by its etag is compressed as well, and sent whole whatever part is asked") {
  Served served;
  const std::string text = concat("[\"", std::string(100'000, 'x'), "\"]");
  served.get("/a", [&text](const Request&) { return Response{.body = text, .etag = "v7"}; });
  const auto packed = served.ask(request("GET /a", "Accept-Encoding: gzip\r\nIf-None-Match: \"v6\"\r\n"));
  CHECK(status_of(packed) == 200);
  CHECK(header_of(packed, "ETag") == "W/\"v7\"");
  CHECK(gunzip(body_of(packed)) == text + "\n");
  const auto known = served.ask(request("HEAD /a", "Accept-Encoding: gzip\r\nIf-None-Match: W/\"v7\"\r\n"));
  CHECK(status_of(known) == 304);

  for (const char* range : {"bytes=0-", "bytes=0-9", "bytes=200000-", "bytes=0-1,5-6"}) {
    CAPTURE(range);
    const auto whole = served.ask(request("GET /a", concat("Range: ", range, "\r\n")));
    CHECK(status_of(whole) == 200);
    CHECK(body_of(whole) == text + "\n");
  }
}

TEST_CASE("a file is sent block by block") {
  Served served;
  const auto content = make_content(1'000'003);
  std::uint64_t promised = content.size();
  served.get("/export", [&](const Request&) {
    return Response{.content_type = "application/octet-stream",
                    .headers = {{"Content-Disposition", "attachment"}},
                    .file = FileBody{make_file(content), promised}};
  });
  const auto whole = served.ask(request("GET /export"));
  CHECK(header_of(whole, "Content-Length") == "1000003");
  CHECK(header_of(whole, "Content-Type") == "application/octet-stream");
  CHECK(header_of(whole, "Content-Disposition") == "attachment");
  CHECK((body_of(whole) == content));

  const auto head = served.ask(request("HEAD /export"));
  CHECK(header_of(head, "Content-Length") == "1000003");
  CHECK(body_of(head).empty());

  SUBCASE("as much as was promised, where it has grown") {
    promised = 10;
    CHECK((body_of(served.ask(request("GET /export"))) == content.substr(0, 10)));
  }
  SUBCASE("nothing, where it is empty") {
    promised = 0;
    CHECK(body_of(served.ask(request("GET /export"))).empty());
  }
  SUBCASE("and the connection ends early where it has shrunk") {
    promised = content.size() + 1;
    const auto answer = served.ask(request("GET /export"));
    CHECK(header_of(answer, "Content-Length") == "1000004");
    CHECK((body_of(answer) == content));
  }
  SUBCASE("to a client that leaves in the middle, the server goes on") {
    served.visit([](Wire& wire) {
      wire.send(request("GET /export"));
      wire.read_some();
      wire.leave();
    });
    CHECK((body_of(served.ask(request("GET /export"))) == content));
  }
}

TEST_CASE("routes for this machine are for it alone") {
  Served served({.host_name = "tv.example"});
  const auto answer = [](const Request&) { return Response{200, "[]"}; };
  served.route({Method::Get, "/local", "", answer, Access::Local});
  served.route({Method::Get, "/open", "", answer});
  const auto ask = [&](const char* path, const char* headers) {
    return served.ask(concat("GET ", path, " HTTP/1.1\r\n", headers, "\r\n"));
  };
  CHECK(status_of(ask("/local", "Host: localhost\r\n")) == 200);
  CHECK(status_of(ask("/local", "Host: tv.example:1\r\nOrigin: http://tv.example:1\r\n")) == 200);
  for (const char* headers : {"Host: evil.example\r\n", "Host: localhost\r\nOrigin: http://evil.example\r\n",
                              "Host: localhost\r\nX-Forwarded-For: 192.0.2.7\r\n",
                              "Host: localhost\r\nForwarded: for=192.0.2.7\r\n"}) {
    CAPTURE(headers);
    const auto refused = ask("/local", headers);
    CHECK(status_of(refused) == 403);
    CHECK(body_of(refused).starts_with(R"({"error":{"code":"local-only","message":")"));
    CHECK(status_of(ask("/open", headers)) == 200);
  }
}

TEST_CASE("a guard says who may ask, and who asks") {
  ServerSettings settings;
  int asked = 0;
  settings.guard = [&asked](const Request& request, Access wanted) -> Admission {
    ++asked;
    if (request.query.empty()) return {.refusal = error_response(401, "login-needed", "who is there?")};
    return {.asker = {.user = 7, .name = request.query.front().first, .rank = wanted}};
  };
  Served served(std::move(settings));
  const auto answer = [](const Request& request) { return Response{200, request.asker.name}; };
  served.route({Method::Get, "/open", "", answer});
  served.route({Method::Get, "/users", "", answer, Access::Administrator});
  CHECK(body_of(served.ask(request("GET /open?ann"))) == "");
  CHECK(asked == 0);
  CHECK(body_of(served.ask(request("GET /users?ann"))) == "ann\n");
  const auto refused = served.ask(request("GET /users"));
  CHECK(status_of(refused) == 401);
  CHECK(body_of(refused).starts_with(R"({"error":{"code":"login-needed")"));
  CHECK(status_of(served.ask(request("HEAD /users"))) == 401);
}

TEST_CASE("a form may say who asks, and a route answers those who are refused") {
  ServerSettings settings;
  settings.guard = [](const Request& request, Access) -> Admission {
    const auto name = std::string(request.query_value("username").value_or(""));
    if (name == "ann") return {.asker = {.name = name}};
    return {.refusal = error_response(401, "wrong-credentials", "who is there?"), .asker = {.name = name}};
  };
  Served served(std::move(settings));
  Route route{
      Method::Post,
      "/form",
      "",
      [](const Request& asked) {
        return Response{200, concat(asked.asker.name, ' ', asked.query_value("action").value_or("none"))};
      },
      Access::Player,
      form_body(100)};
  served.route(route);
  route.pattern = "/mild";
  route.on_refused = [](const Request& asked, const Response& refusal) {
    return Response{200, concat("not ", asked.asker.name, ": ", refusal.status)};
  };
  served.route(route);
  const std::string form = "application/x-www-form-urlencoded", json = "application/json";
  const auto ask = [&](std::string_view path, std::string_view type, std::string_view body) {
    return served.ask(post(path, type, body));
  };
  CHECK(body_of(ask("/form", form, "username=ann&action=a%20b")) == "ann a b\n");
  CHECK(body_of(ask("/form", form + "; charset=UTF-8", "username=ann\r\n")) == "ann none\n");
  CHECK(body_of(ask("/form", json, R"({"username":"ann","action":7,"more":[1]})")) == "ann 7\n");
  CHECK(body_of(ask("/form?username=ann", json, "{}")) == "ann none\n");
  CHECK(body_of(ask("/form?username=ann", "text/plain", "action=none")) == "ann none\n");
  CHECK(body_of(served.ask(request("POST /form?username=ann"))) == "ann none\n");
  CHECK(status_of(ask("/form?username=bob", form, "username=ann")) == 401);
  CHECK(status_of(ask("/form", form, "")) == 401);
  CHECK(status_of(ask("/form?username=ann", form, "a=%zz")) == 400);
  for (const char* bad : {"[1]", "{", R"({"a":"\u0000"})"})
    CHECK_MESSAGE(status_of(ask("/form?username=ann", json, bad)) == 400, bad);
  CHECK(status_of(ask("/form", form, std::string(101, 'a'))) == 413);
  CHECK(body_of(ask("/mild", form, "username=ann")) == "ann none\n");
  CHECK(body_of(ask("/mild", form, "username=bob")) == "not bob: 401\n");
  CHECK(body_of(served.ask(request("POST /mild?username=bob"))) == "not bob: 401\n");
}

TEST_CASE("no log has a login that stands in a path") {
  std::vector<std::string> lines;
  const Log log{LogLevel::Debug, [&lines](LogLevel, std::string_view line) { lines.emplace_back(line); }};
  Server server(log);
  std::string path;
  server.serve({Method::Get, "/live/{username}/{password}/{id}", "", [&path](const Request& asked) {
                  path = asked.path;
                  return Response{200, asked.parameter("password")};
                }});
  const auto endpoint = server.listen({"127.0.0.1", 0});
  REQUIRE(endpoint);
  const auto ask = [&](const std::string& asked) {
    std::string answer;
    bool over = false;
    std::thread client([&] {
      Wire wire(*endpoint);
      wire.send(request(concat("GET ", asked)));
      wire.read_all();
      answer = body_of(wire.received);
      gx::post(nullptr, [&over] { over = true; });
    });
    run_until([&over] { return over; });
    client.join();
    return answer;
  };
  CHECK(ask("/live/ann/my%2Fse%20cret/7?q=1") == "my/se cret\n");
  CHECK(path == "/live/***/***/7");
  ask("/ann/secret/7");
  ask("/movie/ann/secret/7.mp4");
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == "GET /live/***/***/7 200");
  CHECK(lines[1] == "GET /***/***/7 404");
  CHECK(lines[2] == "GET /movie/***/***/7.mp4 404");
}

TEST_CASE("a guard may take its time") {
  ServerSettings settings;
  std::vector<Admission::Then> waiting;
  settings.guard = [&waiting](const Request&, Access) -> Admission {
    return {.later = [&waiting](Admission::Then then) { waiting.push_back(std::move(then)); }};
  };
  Served served(std::move(settings));
  served.route({Method::Get, "/answer", "",
                [](const Request& asked) {
                  return Response{200, asked.asker.name};
                },
                Access::Player});
  served.route({Method::Get, "/defer", "",
                [](Request asked, Reply reply) {
                  std::move(reply).send({200, asked.asker.name});
                },
                Access::Player});
  served.route({Method::Get, "/stream", "",
                [](Request asked, LiveReply reply) {
                  net::answer(std::move(reply).take(), Response{200, asked.asker.name});
                },
                Access::Player});
  served.route({Method::Get, "/throw", "", [](const Request&) -> Response { throw std::runtime_error("no"); },
                Access::Player});
  const auto ask = [&](std::string_view line, const std::function<Admission()>& say) {
    const auto decide = gx::Source::every(nullptr, std::chrono::milliseconds(1), [&] {
      for (auto& then : std::exchange(waiting, {}))
        then(say());
    });
    return served.ask(request(line));
  };
  const auto good = [] { return Admission{.asker = {.name = "ann"}}; };
  const auto bad = [] { return Admission{.refusal = error_response(403, "network", "not from there")}; };
  for (const char* path : {"GET /answer", "GET /defer", "GET /stream"}) {
    CAPTURE(path);
    CHECK(body_of(ask(path, good)).starts_with("ann"));
    CHECK(status_of(ask(path, bad)) == 403);
  }
  CHECK(status_of(ask("HEAD /stream", good)) == 200);
  CHECK(status_of(ask("GET /throw", good)) == 500);
  // Who has gone when it is known gets nothing, and nobody is harmed.
  served.visit([](Wire& wire) {
    wire.send(request("GET /defer"));
    wire.leave();
  });
  run_until([&] { return !waiting.empty(); });
  std::exchange(waiting, {}).front()(good());
}

TEST_CASE("a listener may lead to a part of all paths") {
  Served served;
  served.get("/a/{name}/b", [](const Request& request) {
    return Response{200, concat(request.path, ' ', request.below, ' ', request.parameter("name"))};
  });
  const auto below = served.server.listen_below({"127.0.0.1", 0}, "/a/x%20y");
  REQUIRE(below);
  for (const auto& [path, status, body] : {std::tuple("/b", 200, "/a/x%20y/b /a/x%20y x y\n"),
                                           std::tuple("/a/z/b", 404, ""), std::tuple("/", 404, "")}) {
    CAPTURE(path);
    std::string received;
    const std::string asked = request(concat("GET ", path));
    served.visit(*below, [&](Wire& wire) {
      wire.send(asked);
      wire.read_all();
      received = wire.received;
    });
    CHECK(status_of(received) == status);
    if (status == 200) CHECK(body_of(received) == body);
  }
  CHECK(body_of(served.ask(request("GET /a/z/b"))) == "/a/z/b  z\n");
}
