// SPDX-License-Identifier: LGPL-2.1-or-later
#include "options.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::worker;

namespace {

Result<Options> parse(std::vector<const char*> arguments) {
  return parse_options(arguments);
}

} // namespace

TEST_CASE("a URI and how to ask for it") {
  CHECK(*parse({"remux", "rtsp://host/1"}) == Options{Action::Remux, "rtsp://host/1", {}, {}, {}});
  CHECK(
      *parse({"remux", "--user-agent", "Player 1", "--header=A: b: c", "--header", "D:", "http://host/1"}) ==
      Options{Action::Remux, "http://host/1", "Player 1", {{"A", "b: c"}, {"D", ""}}, {}});
  CHECK(parse({"remux", "--reach", "private=never", "http://host/1"})->reach->allow_private ==
        ip::AllowPrivate::Never);
  CHECK(parse({"remux", "--user-agent", "--header", "http://host/1"})->user_agent == "--header");
  CHECK(parse({"--help", "--nonsense"})->action == Action::ShowHelp);
  CHECK(parse({"remux", "--version"})->action == Action::ShowVersion);
}

TEST_CASE("wrong options are refused with the reason") {
  struct Row {
    std::vector<const char*> arguments;
    const char* message;
  };
  const Row rows[] = {
      {{}, "a command is missing"},
      {{"transmux"}, "there is no command \"transmux\""},
      {{"remux"}, "remux needs a URI"},
      {{"remux", ""}, "this is no URI: \"\""},
      {{"remux", "a.mp4"}, "this is no URI: \"a.mp4\""},
      {{"remux", "/dev/null:"}, "this is no URI: \"/dev/null:\""},
      {{"remux", "a:b", "c:d"}, "one URI is enough: \"c:d\""},
      {{"remux", "--agent", "x"}, "there is no option \"--agent\""},
      {{"remux", "a:b", "--header"}, "--header needs a value"},
      {{"remux", "--header", "x", "a:b"}, "--header: it is no \"NAME: VALUE\""},
      {{"remux", "--header", ":x", "a:b"}, "--header: it is no \"NAME: VALUE\""},
      {{"remux", "--header=a: b\r\nc: d", "a:b"}, "--header: it has control characters"},
      {{"remux", "--reach=x", "a:b"}, "--reach: \"x\" is no name=value"},
      {{"remux", "--user-agent=a\nb", "a:b"}, "--user-agent: it has control characters"},
  };
  for (const Row& row : rows) {
    const auto parsed = parse(row.arguments);
    CAPTURE(row.message);
    REQUIRE(!parsed);
    CHECK(parsed.error().message == row.message);
  }
}
