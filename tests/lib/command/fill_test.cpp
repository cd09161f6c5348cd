// SPDX-License-Identifier: LGPL-2.1-or-later
#include "command/command_line.hpp"

#include <doctest/doctest.h>

using namespace relevo::command;

namespace {

using Arguments = std::vector<std::string>;

auto filled(std::string_view line, const Values& values) {
  return fill(parse_command(line).value(), values);
}

} // namespace

TEST_CASE("tokens become their values, inside their arguments") {
  const Values values{"http://h/1.ts?a=b", "Player 1.0", "7"};
  CHECK(filled("ffmpeg -user_agent {userAgent} -i {streamUrl} -f mpegts -", values) ==
        Arguments{"ffmpeg", "-user_agent", "Player 1.0", "-i", "http://h/1.ts?a=b", "-f", "mpegts", "-"});
  CHECK(filled("a --header=User-Agent:{userAgent}/{channelId} {channelId}{channelId}", values) ==
        Arguments{"a", "--header=User-Agent:Player 1.0/7", "77"});
}

TEST_CASE("no value becomes another argument, a quote or a token") {
  for (const std::string value :
       {" a b ", "'", "\"", "\\", "{userAgent}", "{streamUrl}", "; rm -rf /", "$(b)", "a\nb"}) {
    CAPTURE(value);
    const Values values{value, value, value};
    CHECK(filled("p {streamUrl} '{userAgent}' \"x{channelId}\"", values) ==
          Arguments{"p", value, value, 'x' + value});
  }
}

TEST_CASE("values may be missing, but not the address that a command wants") {
  CHECK(filled("p {userAgent} {channelId} end", {}) == Arguments{"p", "", "", "end"});
  const auto refused = filled("p -i {streamUrl}", {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "the command has a {streamUrl}, but there is no address of a stream");
  CHECK(refused.error().offset == 2);
}

TEST_CASE("a value that would be an option is refused") {
  const Values values{"--player=x", "", "-1"};
  CHECK(filled("p url={streamUrl} -{streamUrl}", values) == Arguments{"p", "url=--player=x", "---player=x"});
  for (const auto line : {"p {streamUrl}", "p '{streamUrl}x'", "p {userAgent}{streamUrl}"}) {
    CAPTURE(line);
    const auto refused = filled(line, values);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message == "the value of {streamUrl} begins with '-': it would be an option");
    CHECK(refused.error().offset == 1);
  }
  CHECK_FALSE(filled("p {channelId}", values));
}
