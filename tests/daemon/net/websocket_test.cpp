// SPDX-License-Identifier: LGPL-2.1-or-later
#include "net/websocket.hpp"

#include "gx/error.hpp"
#include "gx/signal.hpp"
#include "wire.hpp"

#include <future>
#include <stdexcept>
#include <unistd.h>

using namespace relevo;
using namespace relevo::net;
using namespace relevo::net::test;

namespace {

const std::string kHandshake =
    request("GET /events", "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");

/// A server whose /events is open to WebSockets.
struct Events : Served {
  explicit Events(WebSocket::Settings settings = {}, std::chrono::seconds patience = std::chrono::seconds(30))
      : Served({.patience = patience, .websocket = settings}) {
    get("/events", [this](const Request&, std::shared_ptr<WebSocket> socket) {
      socket->on_closed([this] { ++closed; });
      if (greet) socket->send("welcome");
      sockets.push_back(std::move(socket));
    });
  }

  bool greet = true;
  int closed = 0;
  std::vector<std::shared_ptr<WebSocket>> sockets;
};

/// libsoup's client, in this thread.
class Guest {
 public:
  explicit Guest(const Endpoint& endpoint) {
    const auto message = gx::Ref<SoupMessage>::adopt(
        soup_message_new("GET", concat("ws://127.0.0.1:", endpoint.port, "/events").c_str()));
    soup_session_websocket_connect_async(session_.get(), message.get(), nullptr, nullptr, G_PRIORITY_DEFAULT,
                                         nullptr, on_connected, this);
    run_until([this] { return connection_ || !refused.empty(); });
  }

  [[nodiscard]] SoupWebsocketConnection* get() const { return connection_.get(); }
  [[nodiscard]] int code() const { return soup_websocket_connection_get_close_code(get()); }
  [[nodiscard]] std::string reason() const {
    const char* reason = soup_websocket_connection_get_close_data(get());
    return reason ? reason : "";
  }

  std::string refused;
  std::vector<std::string> messages;
  bool over = false;

 private:
  static void on_connected(GObject* session, GAsyncResult* result, gpointer box) {
    auto& self = *static_cast<Guest*>(box);
    gx::GlibError error;
    self.connection_ = gx::Ref<SoupWebsocketConnection>::adopt(
        soup_session_websocket_connect_finish(SOUP_SESSION(session), result, error.out()));
    if (error) {
      self.refused = error.text();
      return;
    }
    self.message_ =
        gx::SignalConnection::connect<void(int, GBytes*)>(self.get(), "message", [&self](int, GBytes* bytes) {
          gsize size = 0;
          const auto* data = static_cast<const char*>(g_bytes_get_data(bytes, &size));
          self.messages.emplace_back(data, size);
        });
    self.closed_ = gx::SignalConnection::connect<void()>(self.get(), "closed", [&self] { self.over = true; });
  }

  gx::Ref<SoupSession> session_ = gx::Ref<SoupSession>::adopt(soup_session_new());
  gx::Ref<SoupWebsocketConnection> connection_;
  gx::SignalConnection message_;
  gx::SignalConnection closed_;
};

} // namespace

TEST_CASE("a client is told things, and may go") {
  Events events;
  Guest guest(events.endpoint());
  REQUIRE(guest.get());
  run_until([&] { return guest.messages.size() == 1; });
  events.sockets.at(0)->send("");
  const std::string large(100'000, 'x'); // libsoup's clients take 128 KiB
  events.sockets.at(0)->send(large);
  run_until([&] { return guest.messages.size() == 3; });
  CHECK((guest.messages == std::vector<std::string>{"welcome", "", large}));

  soup_websocket_connection_send_text(guest.get(), "nobody hears this");
  soup_websocket_connection_close(guest.get(), SOUP_WEBSOCKET_CLOSE_NORMAL, "enough");
  run_until([&] { return guest.over && events.closed == 1; });
  CHECK(guest.code() == SOUP_WEBSOCKET_CLOSE_NORMAL);
  CHECK_FALSE(events.sockets.at(0)->open());
  events.sockets.at(0)->send("too late");
}

TEST_CASE("a client is closed with a reason") {
  Events events;
  Guest guest(events.endpoint());
  REQUIRE(guest.get());
  events.sockets.at(0)->close(CloseCode::Normal, "all is told");
  events.sockets.at(0)->send("more");
  run_until([&] { return guest.over && events.closed == 1; });
  CHECK(guest.code() == SOUP_WEBSOCKET_CLOSE_NORMAL);
  CHECK(guest.reason() == "all is told");
  CHECK(guest.messages == std::vector<std::string>{"welcome"});
}

TEST_CASE("every client is closed with the server") {
  std::optional<Events> events(std::in_place);
  Guest guest(events->endpoint());
  REQUIRE(guest.get());
  const auto socket = events->sockets.at(0);
  events.reset();
  CHECK_FALSE(socket->open());
  run_until([&] { return guest.over; });
  CHECK(guest.code() == SOUP_WEBSOCKET_CLOSE_GOING_AWAY);
}

TEST_CASE("a client that takes nothing is closed, and what waited is forgotten") {
  Events events({.queue_limit = 100'000, .farewell = std::chrono::milliseconds(300)});
  events.visit([&](Wire& wire) {
    wire.send(kHandshake);
    wire.read_until("welcome");
    std::promise<bool> slow;
    gx::post(nullptr, [&] {
      const std::string text(50'000, 'x');
      for (int i = 0; i < 1000 && events.sockets.at(0)->open(); ++i)
        events.sockets.at(0)->send(text);
      slow.set_value(!events.sockets.at(0)->open());
    });
    CHECK(slow.get_future().get());
    wire.read_all(); // it comes to its senses
    CHECK(wire.received.ends_with("this client is too slow"));
    CHECK(wire.received.size() < 30'000'000);
    wire.leave();
  });
  run_until([&] { return events.closed == 1; });
}

TEST_CASE("a client that answers no pings is closed; one that does outlives every time-out") {
  using std::chrono::milliseconds;
  SUBCASE("none") {
    Events events({.ping_interval = milliseconds(10), .farewell = milliseconds(10)});
    const auto received = events.ask(kHandshake);
    CHECK(received.find("\x89" + std::string(1, '\0')) != std::string::npos);
    CHECK(received.ends_with("this client answers no pings"));
  }
  SUBCASE("all") {
    Events events({.ping_interval = milliseconds(10)}, std::chrono::seconds(1));
    Guest guest(events.endpoint());
    REQUIRE(guest.get());
    bool later = false;
    const auto timer = gx::Source::after(nullptr, milliseconds(1500), [&later] { later = true; });
    run_until([&] { return later || guest.over; });
    CHECK_FALSE(guest.over);
  }
}

TEST_CASE("a client that leaves without a word is let go") {
  Events events;
  events.visit([](Wire& wire) {
    wire.send(kHandshake);
    wire.read_until("welcome");
    wire.leave();
  });
  run_until([&] { return events.closed == 1; });
}

TEST_CASE("pings are answered, and broken frames are the end") {
  Events events;
  const std::string mask = std::string(4, '\0');
  struct {
    std::string sent;
    std::string end;
  } const cases[] = {
      {"\x89\x82" + mask + "hi" + "\x88\x80" + mask, std::string("\x8a\x02hi\x88\x02\x03\xe8")},
      {"\x83\x80" + mask, "a frame breaks the protocol"},
      {"\x81\xff" + std::string(8, '\x01') + mask + "rest", "no messages are wanted here"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.end);
    std::string received;
    events.visit([&](Wire& wire) {
      wire.send(kHandshake);
      wire.read_until("welcome");
      wire.send(c.sent);
      wire.read_until(c.end);
      received = wire.received;
    });
    CHECK(received.ends_with(c.end));
  }
  run_until([&] { return events.closed == 3; });
}

TEST_CASE("whoever is no WebSocket client is told so") {
  Events events;
  const auto plain = events.ask(request("GET /events"));
  CHECK(status_of(plain) == 426);
  CHECK(header_of(plain, "Upgrade") == "websocket");
  CHECK(body_of(plain).starts_with(R"({"error":{"code":"websocket-only",)"));
  const auto wrong = events.ask(request("GET /events", "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                                       "Sec-WebSocket-Version: 12\r\n"));
  CHECK(status_of(wrong) == 400);
  CHECK(events.sockets.empty());
}

TEST_CASE("a handler that throws closes its client") {
  Events events;
  events.get("/bad",
             [](const Request&, const std::shared_ptr<WebSocket>&) { throw std::runtime_error("full"); });
  std::string handshake = kHandshake;
  handshake.replace(handshake.find("/events"), 7, "/bad");
  CHECK(events.ask(handshake).starts_with("HTTP/1.1 101 "));
  CHECK(events.lines == std::vector<std::string>{"/bad: full"});
}
