// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ace/engine.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ace;

namespace {

const std::string kHash = "0123456789abcdef0123456789abcdef01234567";

/// The address, or why it is none.
std::string engine(std::string_view text) {
  const auto parsed = parse_engine(text);
  return parsed ? parsed->base : parsed.error().message;
}

std::string rebased(std::string_view url) {
  const auto result = rebase(Engine{"https://e:1"}, url);
  return result ? *result : result.error().message;
}

} // namespace

TEST_CASE("addresses of engines as users write them") {
  CHECK(engine("http://127.0.0.1:6878") == "http://127.0.0.1:6878");
  CHECK(engine("http://127.0.0.1:6878/") == "http://127.0.0.1:6878");
  CHECK(engine(" HTTP://Engine.LAN \n") == "http://engine.lan:6878");
  CHECK(engine("engine") == "http://engine:6878");
  CHECK(engine("engine:80") == "http://engine:80");
  CHECK(engine("[::1]") == "http://[::1]:6878");
  CHECK(engine("[::1]:7000") == "http://[::1]:7000");
  CHECK(engine("https://engine") == "https://engine");
  CHECK(engine("http://User:Pa:ss@Engine:1") == "http://User:Pa:ss@engine:1");
}

TEST_CASE("what is no address of an engine is refused") {
  CHECK(engine("") == "the address of an engine needs a host");
  CHECK(engine("http://") == "the address of an engine needs a host");
  CHECK(engine("http://:6878") == "the address of an engine needs a host");
  CHECK(engine("ftp://engine") == "an engine speaks http or https, not ftp://");
  CHECK(engine("http://engine/ace/getstream") == "the address of an engine has no path: /ace/getstream");
  CHECK(engine("http://engine?x") == "the address of an engine has no path: ?x");
  for (const std::string host : {"engine:", "engine:0", "engine:65536", "engine:http", "a:b:1", "::1", "[::1",
                                 "::1]", "[::1]1", "[::1]:"})
    CHECK(engine(host) == "what follows the host of the engine is no port: " + host);
  CHECK(engine("my engine") == "the address of an engine has no spaces or letters outside ASCII");
  CHECK(engine("mot\xc3\xb6r") == "the address of an engine has no spaces or letters outside ASCII");
}

TEST_CASE("what is asked of an engine") {
  const Engine e{"http://e:6878"};
  CHECK(start_url(e, {IdKind::ContentId, kHash}, "p1") ==
        "http://e:6878/ace/getstream?content_id=" + kHash +
            "&format=json&pid=p1&use_api_events=1&use_stop_notifications=1");
  CHECK(start_url(e, {IdKind::Infohash, kHash}, "p1")
            .starts_with("http://e:6878/ace/getstream?infohash=" + kHash));
  CHECK(resolve_url(e, kHash) ==
        "http://e:6878/server/api?api_version=3&method=get_media_files&content_id=" + kHash);
  CHECK(stop_url("http://e/ace/cmd/a/b") == "http://e/ace/cmd/a/b?method=stop");
  CHECK(stop_url("http://e/ace/cmd?sid=b") == "http://e/ace/cmd?sid=b&method=stop");
}

TEST_CASE("what an engine hands back is asked of its own address") {
  CHECK(rebased("http://172.17.0.2:6878/ace/r/a/b") == "https://e:1/ace/r/a/b");
  CHECK(rebased("http://user:pass@x/ace/r?u=http://y/z#end") == "https://e:1/ace/r?u=http://y/z");
  CHECK(rebased("HTTPS://x//content/a") == "https://e:1//content/a");
  CHECK(rebased("/ace/stat/a/b") == "https://e:1/ace/stat/a/b");
  CHECK(rebased("/ace/stat?to=http://y/z") == "https://e:1/ace/stat?to=http://y/z");
  CHECK(rebased(" http://x/a\r\n") == "https://e:1/a");
}

TEST_CASE("what is no URL of an engine is refused") {
  for (const char* url : {"", "http://x", "http://x?a/b", "ace/r/a", "acestream:x", "?method=stop"})
    CHECK(rebased(url) == "no URL of an engine: it has no path");
  CHECK(rebased("//x/ace/r") == "no URL of an engine: it has no scheme");
  for (const std::string url : {"http://x/a b", "http://x/a\nb", "/\x7f", "/\xc3\xb6"})
    CHECK(rebased(url) == "no URL of an engine: it holds spaces or control characters");
}
