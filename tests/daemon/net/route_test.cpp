// SPDX-License-Identifier: LGPL-2.1-or-later
#include "net/route.hpp"

#include "net/url.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::net;

namespace {

Router make_router() {
  Router router;
  for (const auto& [method, pattern] : std::initializer_list<std::pair<Method, const char*>>{
           {Method::Get, "/"},
           {Method::Get, "/channels"},
           {Method::Post, "/channels"},
           {Method::Get, "/channels/{id}"},
           {Method::Patch, "/channels/{id}"},
           {Method::Delete, "/channels/{id}"},
           {Method::Get, "/channels/all"},
           {Method::Get, "/channels/{id}/streams/{stream}"},
           {Method::Get, "/channels/{id}/streams/best"},
           {Method::Get, "/channels/all/{what}/best"},
           {Method::Get, "/stream/{id}"},
           {Method::Get, "/stream/{id}.m3u8"},
           {Method::Get, "/stream/{id}.x.m3u8"},
           {Method::Get, "/{who}/{what}/{id:number}"},
           {Method::Get, "/{who}/{what}/{id:number}.ts"},
           {Method::Get, "/{who}/{what}/{id}.ts"},
       })
    router.add({method, pattern, "", Answer{}});
  return router;
}

} // namespace

TEST_CASE("a path finds the route whose literals begin first") {
  const auto router = make_router();
  struct {
    const char* path;
    const char* pattern; // null: none
    Fields parameters = {};
  } const cases[] = {
      {"/", "/"},
      {"/channels", "/channels"},
      {"/channels/", nullptr},
      {"/channels/7", "/channels/{id}", {{"id", "7"}}},
      {"/channels/a%2Fb", "/channels/{id}", {{"id", "a/b"}}},
      {"/channels/all", "/channels/all"},
      {"/channels/all/", nullptr},
      {"/channels/7/streams/9", "/channels/{id}/streams/{stream}", {{"id", "7"}, {"stream", "9"}}},
      {"/channels/7/streams/best", "/channels/{id}/streams/best", {{"id", "7"}}},
      {"/channels/all/streams/best", "/channels/all/{what}/best", {{"what", "streams"}}},
      {"/channels/all/streams/9", "/channels/{id}/streams/{stream}", {{"id", "all"}, {"stream", "9"}}},
      {"/channels//streams/9", nullptr},
      {"/Channels", nullptr},
      {"/channels/7/streams", nullptr},
      {"/stream/7", "/stream/{id}", {{"id", "7"}}},
      {"/stream/7.ts", "/stream/{id}", {{"id", "7.ts"}}},
      {"/stream/7.m3u8", "/stream/{id}.m3u8", {{"id", "7"}}},
      {"/stream/5.1.m3u8", "/stream/{id}.m3u8", {{"id", "5.1"}}},
      {"/stream/7.x.m3u8", "/stream/{id}.x.m3u8", {{"id", "7"}}},
      {"/stream/.m3u8", "/stream/{id}", {{"id", ".m3u8"}}},
      {"/a/b/7", "/{who}/{what}/{id:number}", {{"who", "a"}, {"what", "b"}, {"id", "7"}}},
      {"/a/b/7.ts", "/{who}/{what}/{id:number}.ts", {{"who", "a"}, {"what", "b"}, {"id", "7"}}},
      {"/a/b/7x.ts", "/{who}/{what}/{id}.ts", {{"who", "a"}, {"what", "b"}, {"id", "7x"}}},
      {"/a/b/7x", nullptr},
      {"/stream/b/7", nullptr}, // begins as a route of ours
      {"/a/b/.ts", nullptr},
      {"/a/b/", nullptr},
  };
  for (const auto& c : cases) {
    CAPTURE(c.path);
    const auto match = router.find(Method::Get, *parse_path(c.path));
    REQUIRE((match.route != nullptr) == (c.pattern != nullptr));
    CHECK(match.allow.empty() == (c.pattern == nullptr));
    if (match.route) CHECK(match.route->pattern == c.pattern);
    CHECK(match.parameters == c.parameters);
  }
}

TEST_CASE("a method that a path does not have is told what it has") {
  const auto router = make_router();
  const auto none = router.find(std::nullopt, *parse_path("/channels/7"));
  CHECK(none.route == nullptr);
  CHECK(none.allow == "GET, HEAD, PATCH, DELETE, OPTIONS");
  CHECK(router.find(Method::Delete, *parse_path("/channels")).allow == "GET, HEAD, POST, OPTIONS");
  // Its literal belongs to GET only; the parameter takes the rest.
  CHECK(router.find(Method::Delete, *parse_path("/channels/all")).route->pattern == "/channels/{id}");
}

TEST_CASE("what is asked is found by name") {
  Request request{.parameters = {{"id", "7"}},
                  .query = {{"group", "a"}, {"page", "2"}, {"group", ""}},
                  .headers = {{"X-Any", "1"}}};
  CHECK(request.parameter("id") == "7");
  CHECK(request.query_value("group") == "a");
  CHECK(request.query_values("group") == std::vector<std::string_view>{"a", ""});
  CHECK_FALSE(request.query_value("sort"));
  CHECK(request.query_values("sort").empty());
  CHECK(request.header("x-any") == "1");
  CHECK(request.header("Other").empty());
}

TEST_CASE("methods are read as they are written; HEAD asks like GET") {
  for (const auto method : {Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete})
    CHECK(find_method(name_of(method)) == method);
  CHECK(find_method("HEAD") == Method::Get);
  CHECK_FALSE(find_method("get"));
  CHECK_FALSE(find_method("OPTIONS"));
}
