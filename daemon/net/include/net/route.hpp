// SPDX-License-Identifier: LGPL-2.1-or-later
// Routes: which handler answers which method and path, as a table that can be read.
#pragma once

#include "net/live.hpp"
#include "net/reply.hpp"
#include "net/request.hpp"
#include "net/response.hpp"
#include "net/websocket.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace relevo::net {

/// Answers at once, in the main thread.
using Answer = std::function<Response(const Request&)>;
/// Takes the reply away, to answer later: see Reply.
using Defer = std::function<void(Request, Reply)>;
/// Gets the WebSocket of a client, open. Whoever is no WebSocket client is refused; the route's method is
/// GET.
using Connect = std::function<void(const Request&, std::shared_ptr<WebSocket>)>;
/// Answers, or takes the connection over to send without end: see LiveReply. The route's method is GET. HEAD
/// is answered without it, as if there were a stream: a player that only looks starts nothing.
using Stream = std::function<void(Request, LiveReply)>;
using Handler = std::variant<Answer, Defer, Connect, Stream>;

/// What becomes of the body of a request.
struct BodyRule {
  /// AsQuery: the fields of a form, or of a JSON object, stand behind those of the query.
  enum class Keep : std::uint8_t { Nothing, InMemory, InFile, AsQuery };

  Keep keep = Keep::Nothing;
  std::uint64_t limit = 0;       // bytes; more is answered with status 413
  std::string content_type = {}; // anything else is answered with status 415; "": any
};

[[nodiscard]] BodyRule json_body(std::uint64_t limit = 1 << 20);
[[nodiscard]] BodyRule file_body(std::uint64_t limit);
[[nodiscard]] BodyRule form_body(std::uint64_t limit = 16 << 10);

struct Route {
  Method method = Method::Get;
  /// "/api/v1/channels/{id}", "/stream/{channel}.m3u8": a parameter is a whole segment, or one without its
  /// end, and never empty. "{id:number}" is one of digits alone. What {username} and {password} show is
  /// written into no log.
  std::string pattern = {};
  std::string summary = {}; // one line for the documentation of the interface
  Handler handler = {};
  Access access = Access::Anyone;
  BodyRule body = {};
  /// Makes the answer to one who is refused, in the main thread: of what he would get. Request::asker says
  /// who he is, where that is known. Empty: he gets it.
  std::function<Response(const Request&, Response)> on_refused = {};
};

/// What a guard says of a request. One of the three: it is refused, it takes a while to know, or it is let
/// in.
struct Admission {
  using Then = std::function<void(Admission)>;

  std::optional<Response> refusal = {};
  std::function<void(Then)> later = {}; // calls back once, in the main thread; what it says has no `later`
  Asker asker = {};
};
/// Asked in the main thread when the headers are there; the body is not. Not asked of what anyone may.
using Guard = std::function<Admission(const Request&, Access)>;

class Router {
 public:
  /// A pattern that cannot be, or that is there already with this method, is a mistake of the program.
  void add(Route route);
  [[nodiscard]] const std::deque<Route>& routes() const noexcept { return routes_; }

  struct Match {
    const Route* route = nullptr; // null: none with this method
    Fields parameters = {};
    std::string allow = {}; // the methods of this path; empty: there is nothing at it
  };
  /// Where several patterns fit, the one whose literal segments begin first wins, then the one that says more
  /// of a parameter: how it ends, and that it is a number. A parameter never stands for the first segment of
  /// another route, so a mistyped path of ours is not taken for somebody's name.
  [[nodiscard]] Match find(std::optional<Method> method, std::span<const std::string> segments) const;

 private:
  struct Segment {
    bool parameter;
    std::string text;     // or the name of the parameter
    std::string end = {}; // behind the parameter
    bool number = false;  // the parameter consists of digits

    bool operator==(const Segment&) const = default;
  };
  using Pattern = std::vector<Segment>;

  [[nodiscard]] static Pattern parse_pattern(std::string_view pattern);
  [[nodiscard]] static bool fits(const Pattern& pattern, std::span<const std::string> segments) noexcept;
  [[nodiscard]] bool begins_route(const std::string& segment) const noexcept;
  [[nodiscard]] static bool same_shape(const Pattern& a, const Pattern& b) noexcept;
  [[nodiscard]] static bool goes_before(const Pattern& a, const Pattern& b) noexcept;

  std::deque<Route> routes_;
  std::vector<Pattern> patterns_; // of the routes, in their order
};

} // namespace relevo::net
