// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/log.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace relevo;

TEST_CASE("level names lead back to their levels") {
  for (const auto level : {LogLevel::Error, LogLevel::Warning, LogLevel::Info, LogLevel::Debug})
    CHECK(find_log_level(name_of(level)) == level);
  CHECK_FALSE(find_log_level("Error"));
  CHECK_FALSE(find_log_level(""));
}

TEST_CASE("a log hands on what its threshold lets through") {
  std::string seen;
  const Log log(LogLevel::Warning, [&seen](LogLevel level, std::string_view line) {
    seen.append(name_of(level)).append(":").append(line).append(";");
  });
  log.write(LogLevel::Error, "a");
  log.write(LogLevel::Warning, "b");
  log.write(LogLevel::Info, "c");
  CHECK(seen == "error:a;warning:b;");
  CHECK(log.wants(LogLevel::Warning));
  CHECK_FALSE(log.wants(LogLevel::Info));
}
