// SPDX-License-Identifier: LGPL-2.1-or-later
#include "command/command_line.hpp"

#include <doctest/doctest.h>

using namespace relevo::command;

namespace {

constexpr Token kUrl = Token::StreamUrl;

Argument text(std::string value) {
  return {Part(std::move(value))};
}

} // namespace

TEST_CASE("a command is split at blanks and by its quotes, and keeps its tokens") {
  struct Row {
    std::string_view line;
    std::vector<Argument> expected;
  };
  const Row rows[] = {
      {"a", {text("a")}},
      {" a\tb \r\n c ", {text("a"), text("b"), text("c")}},
      {"a 'b c'", {text("a"), text("b c")}},
      {"a \"b c\"", {text("a"), text("b c")}},
      {"a b' 'c\" \"d", {text("a"), text("b c d")}},
      {"a b\\ c", {text("a"), text("b c")}},
      {"a ''", {text("a"), {}}},
      {"a \"\"", {text("a"), {}}},
      {"a '' ''", {text("a"), {}, {}}},
      {"a b''", {text("a"), text("b")}},
      {"a '\\' b", {text("a"), text("\\"), text("b")}},
      {"a \"'\" '\"'", {text("a"), text("'"), text("\"")}},
      {R"(a "\"\\\{\n\'")", {text("a"), text(R"("\{\n\')")}},
      {R"(a \"\\\{\n\')", {text("a"), text(R"("\{n')")}},
      {"a 'b\nc'", {text("a"), text("b\nc")}},
      {"a $HOME `b` *.ts | c > d & # e", // nothing of it means anything
       {text("a"), text("$HOME"), text("`b`"), text("*.ts"), text("|"), text("c"), text(">"), text("d"),
        text("&"), text("#"), text("e")}},
      {"a {streamUrl}", {text("a"), {kUrl}}},
      {"a '{streamUrl}' \"{streamUrl}\"", {text("a"), {kUrl}, {kUrl}}},
      {"a -u={userAgent}!", {text("a"), {Part("-u="), Token::UserAgent, Part("!")}}},
      {"a {channelId}{streamUrl}", {text("a"), {Token::ChannelId, kUrl}}},
      {"a {streamUrl}'' ", {text("a"), {kUrl}}},
      {R"(a \{streamUrl} "\{streamUrl}")", {text("a"), text("{streamUrl}"), text("{streamUrl}")}},
      {R"(a \\{streamUrl})", {text("a"), {Part("\\"), kUrl}}},
      {R"(a {} {0} { } {stream Url} {streamUrl)", // braces that are around no name
       {text("a"), text("{}"), text("{0}"), text("{"), text("}"), text("{stream"), text("Url}"),
        text("{streamUrl")}},
      {R"(a '{"b":{streamUrl}}')", {text("a"), {Part("{\"b\":"), kUrl, Part("}")}}},
      {"a {{streamUrl}}", {text("a"), {Part("{"), kUrl, Part("}")}}},
      {"/opt/\xc3\xa4 \xff", {text("/opt/\xc3\xa4"), text("\xff")}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.line);
    const auto parsed = parse_command(row.line);
    REQUIRE(parsed);
    CHECK(parsed->arguments == row.expected);
    CHECK(parse_command(write_command(*parsed)) == *parsed);
  }
}

TEST_CASE("what is wrong with a command is said with its place") {
  using namespace std::string_view_literals;
  struct Row {
    std::string_view line;
    std::string_view message;
    std::size_t offset;
  };
  static constexpr Row kRows[] = {
      {"", "there is no command", 0},
      {" \t\n", "there is no command", 0},
      {"a 'b", "this ' has no counterpart", 2},
      {"a 'b'c \"d\\\" e", "this \" has no counterpart", 7},
      {"a '", "this ' has no counterpart", 2},
      {"a b\\", "the backslash at the end has nothing to quote", 3},
      {"a \"b\\", "the backslash at the end has nothing to quote", 4},
      {"a {streamURL}", "there is no token {streamURL}; written \\{streamURL} it is text", 2},
      {"a '-i {url}'", "there is no token {url}; written \\{url} it is text", 6},
      {"'' b", "the name of the program is empty", 0},
      {" {streamUrl} b", "a token cannot name the program", 1},
      {"/bin/{channelId}", "a token cannot name the program", 0},
      {"a b\0c"sv, "there is a zero byte in it", 3},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.line);
    const auto parsed = parse_command(row.line);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().message == row.message);
    CHECK(parsed.error().offset == row.offset);
  }
}

TEST_CASE("a command is written with no more quotes than it needs") {
  struct Row {
    std::string_view line;
    std::string_view expected;
  };
  static constexpr Row kRows[] = {
      {"'ffmpeg'  -i  '{streamUrl}' -c copy -f mpegts -", "ffmpeg -i {streamUrl} -c copy -f mpegts -"},
      {"a --ua='{userAgent} (x)'", "a \"--ua={userAgent} (x)\""},
      {"a \\{streamUrl} '' \\\\", R"(a "\{streamUrl}" "" "\\")"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.line);
    CHECK(write_command(parse_command(row.line).value()) == row.expected);
  }
}
