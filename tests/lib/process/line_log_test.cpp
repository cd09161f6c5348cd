// SPDX-License-Identifier: LGPL-2.1-or-later
#include "process/line_log.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using relevo::process::LineLog;

namespace {

using Lines = std::vector<std::string>;

Lines lines_of(std::string_view text) {
  LineLog log;
  log.push(as_bytes(text));
  return log.lines();
}

} // namespace

TEST_CASE("lines are kept as a terminal shows them") {
  struct Row {
    std::string_view text;
    Lines expected;
  };
  const Row rows[] = {
      {"", {}},
      {"a\nb\n", {"a", "b"}},
      {"a\nb", {"a", "b"}},
      {"a\r\nb\r\n", {"a", "b"}},
      {"\n\n  \n\n", {"  "}},
      {"frame=1\rframe=2\rframe=3", {"frame=3"}},
      {"frame=1\rframe=2\r\nend\n", {"frame=2", "end"}},
      {"a\nframe=1\r\r", {"a", "frame=1"}},
      {"a\tb\x1b[1mc\x01\n", {"a b[1mc"}},
      {"\xc3\xa4\xff\n", {"\xc3\xa4\xff"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(lines_of(row.text) == row.expected);
    LineLog log;
    for (const char& c : row.text)
      log.push(as_bytes({&c, 1}));
    CHECK(log.lines() == row.expected);
  }
}

TEST_CASE("the last lines are kept, and the beginning of long ones") {
  LineLog log;
  for (int i = 0; i < 100; ++i)
    log.push(as_bytes("line " + std::to_string(i) + '\n'));
  REQUIRE(log.lines().size() == LineLog::kMaxLines);
  CHECK(log.lines().front() == "line 80");
  CHECK(log.lines().back() == "line 99");

  const std::string words = "begins " + std::string(2 * LineLog::kMaxLength, 'x');
  CHECK(lines_of(words + "\nb") == Lines{"begins …", "b"});
  CHECK(lines_of(words) == Lines{"begins …"});
  CHECK(lines_of(words + "\rb") == Lines{"b"});
  CHECK(lines_of(std::string(2 * LineLog::kMaxLength, 'x')) == Lines{"…"});
  CHECK(lines_of(std::string(LineLog::kMaxLength, 'x')) == Lines{std::string(LineLog::kMaxLength, 'x')});
}

TEST_CASE("secrets are not shown, whole or cut") {
  CHECK(lines_of("cannot open http://user:pass@host/a\nnext") ==
        Lines{"cannot open http://***@host/a", "next"});
  const std::string url = "http://user:pass@host/a?token=" + std::string(LineLog::kMaxLength, '1');
  CHECK(lines_of("cannot open " + url + '\n') == Lines{"cannot open …"});
}
