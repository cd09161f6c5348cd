// SPDX-License-Identifier: LGPL-2.1-or-later
// Programs that are read, end, and are stopped.
#include "running.hpp"

#include <filesystem>
#include <sys/wait.h>

using namespace relevo;
using namespace relevo::process;
using namespace relevo::process::test;

namespace {

std::size_t count_entries(const char* folder) {
  const auto all = std::filesystem::directory_iterator(folder);
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

std::vector<pid_t> pids_in(const std::string& text) {
  std::vector<pid_t> pids;
  std::istringstream in(text);
  for (pid_t pid = 0; in >> pid;)
    pids.push_back(pid);
  return pids;
}

/// Says which processes it has, one a line, and then "ready".
pid_t wait_until_ready(Child& child, std::vector<pid_t>& others) {
  std::string said;
  while (said.find("ready\n") == std::string::npos) {
    const auto more = read_from(child, 1);
    REQUIRE_FALSE(more.empty());
    said += more;
  }
  others = pids_in(said);
  return child.journal()->pid();
}

auto time_of(const std::function<void()>& work) {
  const auto began = std::chrono::steady_clock::now();
  work();
  return std::chrono::steady_clock::now() - began;
}

} // namespace

TEST_CASE("how a program ended is told") {
  using How = Exit::How;
  CHECK(exit_of(shell("exit 0")) == Exit{How::Status, 0});
  CHECK(exit_of(shell("exit 3")) == Exit{How::Status, 3});
  CHECK(exit_of(shell("kill -9 $$")) == Exit{How::Signal, 9});
  CHECK(describe({How::Status, 3}) == "ended with status 3");
  CHECK(describe({How::Signal, 9}) == "was killed by signal 9 (Killed)");
  CHECK(describe({}) == "ended, it is not known how");
}

TEST_CASE("all output is read, however much and whenever the program ended") {
  CHECK(output_of(shell("head -c 5000000 /dev/zero")).size() == 5'000'000);
  const auto child = start(shell("head -c 50000 /dev/zero"));
  REQUIRE(eventually([&] { return child->journal()->exit().has_value(); }));
  CHECK(read_from(*child).size() == 50'000);
}

TEST_CASE("what a program says is kept in its last lines, and never holds it up") {
  const auto child =
      start(shell("i=0; while [ $i -lt 40000 ]; do i=$((i+1)); echo \"a line of many, the number $i\"; "
                  "done >&2; echo done"));
  CHECK(read_from(*child) == "done\n");
  const auto lines = child->journal()->lines();
  REQUIRE(lines.size() == LineLog::kMaxLines);
  CHECK(lines.back() == "a line of many, the number 40000");
}

TEST_CASE("reading ends at its deadline, and when it is cancelled") {
  const auto child = start(shell("echo a; exec sleep 1000"));
  CHECK(read_from(*child, 2) == "a\n");
  std::byte room[16];
  const auto silent = child->read(room, gx::CancelToken(), std::chrono::steady_clock::now() + 20ms);
  REQUIRE_FALSE(silent);
  CHECK(silent.error() == Child::ReadStop::Silent);
  gx::CancelToken token;
  std::thread canceller([&] { token.cancel(); });
  const auto cancelled = child->read(room, token, {});
  canceller.join();
  REQUIRE_FALSE(cancelled);
  CHECK(cancelled.error() == Child::ReadStop::Cancelled);
}

TEST_CASE("a program that is stopped may end in its own way") {
  const auto child =
      start(shell("trap 'head -c 3000000 /dev/zero; echo farewell >&2; exit 5' TERM; echo ready; "
                  "while :; do sleep 0.02; done"));
  std::vector<pid_t> none;
  wait_until_ready(*child, none);
  child->stop(); // its output fits into no pipe
  CHECK(child->journal()->exit() == Exit{Exit::How::Status, 5, true});
  CHECK(child->journal()->lines().back() == "farewell"); // the shell may have told of its sleep
}

TEST_CASE("a program that will not end is killed after its grace, with all that it started") {
  auto command = shell("trap '' TERM; sleep 1000 & echo $!; sleep 1000 & echo $!; echo ready; wait");
  command.grace = 50ms;
  const auto child = start(command);
  std::vector<pid_t> others;
  const auto pid = wait_until_ready(*child, others);
  REQUIRE(others.size() == 2);
  const auto took = time_of([&] { child->stop(); });
  CHECK(took >= 50ms);
  CHECK(took < 5s);
  CHECK(child->journal()->exit() == Exit{Exit::How::Signal, 9, true});
  CHECK_FALSE(runs(pid));
  for (const pid_t other : others)
    CHECK(eventually([&] { return !runs(other); }));
}

TEST_CASE("what a program leaves behind when it ends is ended too") {
  auto command = shell("trap '' TERM; sleep 1000 & echo $!; echo ready; exit 4");
  command.grace = 50ms;
  const auto child = start(command);
  std::vector<pid_t> others;
  wait_until_ready(*child, others);
  REQUIRE(others.size() == 1);
  CHECK(read_from(*child).empty()); // although its output is open in there
  CHECK(child->journal()->exit() == Exit{Exit::How::Status, 4});
  CHECK(eventually([&] { return !runs(others[0]); }));
}

TEST_CASE("a program without output is ended when it does not end by itself") {
  auto command = shell("exec >&-; exec sleep 1000");
  command.grace = 50ms;
  const auto child = start(command);
  CHECK(read_from(*child).empty());
  CHECK(child->journal()->exit() == Exit{Exit::How::Signal, 15, true});

  const auto late = start(shell("exec >&-; sleep 0.1; exit 6"));
  CHECK(read_from(*late).empty());
  CHECK(late->journal()->exit() == Exit{Exit::How::Status, 6});
}

TEST_CASE("stopping is possible from any thread, again, and after the end") {
  const auto child = start(shell("exec sleep 1000"));
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] { child->stop(); });
  for (auto& thread : threads)
    thread.join();
  child->stop();
  CHECK(child->journal()->exit() == Exit{Exit::How::Signal, 15, true});
}

TEST_CASE("nothing is left: no thread, no descriptor, no zombie") {
  { const auto first = start(shell("exit 0")); }
  const auto threads = count_entries("/proc/self/task");
  const auto descriptors = count_entries("/proc/self/fd");
  const auto churn = [] {
    for (int i = 0; i < 10; ++i) {
      const auto stopped = start(shell("exec sleep 1000"));
      const auto ended = start(shell("echo a; exit 1"));
      CHECK(read_from(*ended) == "a\n");
      CHECK_FALSE(Child::start({.arguments = {"/nowhere"}}));
    }
  };
  std::vector<std::thread> starters;
  for (int i = 0; i < 4; ++i)
    starters.emplace_back(churn);
  for (auto& starter : starters)
    starter.join();
  CHECK(eventually([&] { return count_entries("/proc/self/task") == threads; }));
  CHECK(count_entries("/proc/self/fd") == descriptors);
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
}
