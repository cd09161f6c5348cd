// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/text.hpp"
#include "logging/log_book.hpp"
#include "logging/log_output.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace relevo;
using namespace relevo::logging;
using relevo::test::TemporaryFolder;
using Texts = std::vector<std::string>;

namespace {

Texts texts(const std::vector<LogLine>& lines) {
  Texts found;
  for (const auto& line : lines)
    found.push_back(line.text);
  return found;
}

std::string content(const std::string& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

LogLine line(const std::string& text) {
  return {1, std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(1'000'000'000'123)),
          LogLevel::Warning, text};
}

} // namespace

TEST_CASE("lines of the level are written and kept, others leave no trace") {
  std::vector<LogLine> written;
  LogBook book(LogLevel::Info, [&](const LogLine& one) { written.push_back(one); });
  book.take(LogLevel::Info, "one");
  book.take(LogLevel::Debug, "two");
  book.take(LogLevel::Error, "three");
  book.set_level(LogLevel::Debug);
  book.take(LogLevel::Debug, "four");
  CHECK(texts(written) == Texts{"one", "three", "four"});
  CHECK(texts(book.recent(LogLevel::Debug, 10)) == Texts{"four", "three", "one"});
  CHECK(texts(book.recent(LogLevel::Info, 10)) == Texts{"three", "one"});
  CHECK(texts(book.recent(LogLevel::Debug, 1)) == Texts{"four"});
  CHECK(book.recent(LogLevel::Debug, 1).at(0).number == 3);
}

TEST_CASE("only the newest lines are kept") {
  LogBook book(LogLevel::Info, [](const LogLine&) {});
  for (std::size_t i = 0; i < LogBook::kKept + 5; ++i)
    book.take(LogLevel::Info, std::to_string(i));
  const auto lines = book.recent(LogLevel::Debug, 2 * LogBook::kKept);
  CHECK(lines.size() == LogBook::kKept);
  CHECK(lines.back().text == "5");
}

TEST_CASE("the journal is told how grave a line is") {
  CHECK(write_plain(LogLevel::Error, "it broke", true) == "<3>it broke");
  CHECK(write_plain(LogLevel::Warning, "hm", true) == "<4>hm");
  CHECK(write_plain(LogLevel::Info, "so", true) == "<6>so");
  CHECK(write_plain(LogLevel::Debug, "la", true) == "<7>la");
  CHECK(write_plain(LogLevel::Info, "so", false) == "relevod: info: so");
}

TEST_CASE("a file of lines is kept small") {
  const TemporaryFolder folder;
  const auto file = folder.file("relevod.log");
  const std::string first = "2001-09-09T01:46:40.123Z warning: one\n";
  {
    auto log = LogFile::open({file, 2 * first.size(), 2});
    REQUIRE(log);
    CHECK(log->write(line("one")));
  }
  auto log = LogFile::open({file, 2 * first.size(), 2}); // goes on where it was
  REQUIRE(log);
  for (const char* text : {"two", "333", "444", "555", "666", "777"})
    CHECK(log->write(line(text)));
  const auto lines = [](const char* a, const char* b) {
    return concat("2001-09-09T01:46:40.123Z warning: ", a, "\n",
                  b[0] == 0 ? std::string() : concat("2001-09-09T01:46:40.123Z warning: ", b, "\n"));
  };
  CHECK(content(file) == lines("777", ""));
  CHECK(content(file + ".1") == lines("555", "666"));
  CHECK(content(file + ".2") == lines("333", "444"));
  CHECK_FALSE(std::filesystem::exists(file + ".3"));
  CHECK(log->write(line(std::string(500, 'x')))); // longer than a file may be: it is written all the same
  CHECK(log->write(line("888")));
  CHECK(content(file) == lines("888", ""));
}

TEST_CASE("a file that cannot be is refused") {
  const auto log = LogFile::open({"/nowhere/relevod.log", 100, 2});
  REQUIRE_FALSE(log);
  CHECK(log.error().message == "cannot write /nowhere/relevod.log: No such file or directory");
}
