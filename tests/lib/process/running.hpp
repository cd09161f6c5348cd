// SPDX-License-Identifier: LGPL-2.1-or-later
// Programs in tests: started, read to their end, looked for.
#pragma once

#include "process/child.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

namespace relevo::process::test {

using namespace std::chrono_literals;

/// Long before this, everything that is waited for has happened.
inline constexpr auto kPatience = 10s;

inline Command shell(const std::string& script) {
  return {.arguments = {"sh", "-c", script}};
}

inline std::unique_ptr<Child> start(const Command& command) {
  auto child = Child::start(command);
  REQUIRE_MESSAGE(child, child.error().message);
  return std::move(*child);
}

inline Child::Deadline patience() {
  return std::chrono::steady_clock::now() + kPatience;
}

/// Output as far as `size` bytes, or its end.
inline std::string read_from(Child& child, std::size_t size = std::string::npos) {
  std::string out;
  std::vector<std::byte> room(64 << 10);
  while (out.size() < size) {
    const auto got = child.read(room, gx::CancelToken(), patience());
    REQUIRE(got);
    if (*got == 0) break;
    out += as_text(Bytes(room).first(*got));
  }
  return out;
}

inline std::string output_of(const Command& command) {
  return read_from(*start(command));
}

/// How the program ends that is read to its end.
inline Exit exit_of(const Command& command) {
  const auto child = start(command);
  read_from(*child);
  return child->journal()->exit().value();
}

/// Zombies do not count: those of processes that are not ours are for others to reap.
inline bool runs(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  if (!std::getline(stat, line)) return false;
  const char state = line[line.rfind(')') + 2];
  return state != 'Z' && state != 'X';
}

inline bool eventually(const std::function<bool()>& holds) {
  const auto end = patience();
  while (!holds()) {
    if (std::chrono::steady_clock::now() > *end) return false;
    std::this_thread::sleep_for(2ms);
  }
  return true;
}

} // namespace relevo::process::test
