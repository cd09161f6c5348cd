// SPDX-License-Identifier: LGPL-2.1-or-later
// execsrc: the lives of its commands.
#include "exec_channel.hpp"

#include <csignal>
#include <fstream>
#include <sys/wait.h>

using namespace relevo;
using namespace relevo::test;

namespace {

bool runs(int pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  if (!std::getline(stat, line)) return false;
  return line[line.rfind(')') + 2] != 'Z'; // of which are not ours
}

/// The numbers that a command has said.
std::vector<int> numbers_in(const ExecChannel& channel) {
  std::istringstream in(channel.lines());
  std::vector<int> numbers;
  for (int number = 0; in >> number;)
    numbers.push_back(number);
  return numbers;
}

std::string endless() {
  return "while cat " + clip("h264_720p50") + "; do :; done";
}

} // namespace

TEST_CASE("a command is gone when the element has stopped, with what it started") {
  ExecChannel channel(
      shell("trap \"\" TERM; sleep 1000 & echo $! >&2; sleep 1000 & echo $! >&2; " + endless()));
  channel.set("grace-time", 50U);
  channel.pipeline.play();
  REQUIRE(channel.pipeline.wait_for_bytes(1'000'000));
  REQUIRE(eventually([&] { return numbers_in(channel).size() == 2; }));
  const int pid = channel.stat("pid");
  CHECK(runs(pid));
  channel.pipeline.stop();
  CHECK_FALSE(runs(pid));
  for (const int other : numbers_in(channel))
    CHECK(eventually([&] { return !runs(other); }));
  CHECK(channel.stat("exit-signal") == SIGKILL);
}

TEST_CASE("a command may end in its own way") {
  ExecChannel channel(shell("trap \"echo bye >&2; exit 5\" TERM; " + endless()));
  channel.pipeline.play();
  REQUIRE(channel.pipeline.wait_for_bytes(1'000'000));
  channel.pipeline.stop();
  CHECK(channel.stat("exit-status") == 5);
}

TEST_CASE("it runs the command anew with every start, and not when it is paused") {
  ExecChannel channel(shell(endless()));
  int pid = 0;
  for (int i = 0; i < 3; ++i) {
    const auto before = channel.pipeline.byte_count();
    channel.pipeline.play();
    REQUIRE(channel.pipeline.wait_for_bytes(before + 500'000));
    CHECK(channel.stat("pid") != pid);
    pid = channel.stat("pid");
    channel.pipeline.set_state(GST_STATE_PAUSED);
    channel.pipeline.play();
    REQUIRE(channel.pipeline.wait_for_bytes(channel.pipeline.byte_count() + 2'000'000));
    CHECK(channel.stat("pid") == pid);
    channel.pipeline.set_state(GST_STATE_READY);
    CHECK_FALSE(runs(pid));
  }
}

TEST_CASE("it stops at once at every stage, and leaves nothing behind") {
  { ExecChannel first("true"); }
  const auto threads = count_threads();
  const auto descriptors = count_descriptors();
  const std::string commands[] = {
      shell(endless()),                                                     // brings much
      "sleep 1000",                                                         // brings nothing
      shell("head -c 500000 " + clip("h264_720p50") + "; exec sleep 1000"), // stalls
      shell("exec >&-; exec sleep 1000"),                                   // is about to be ended
      "relevo-no-such-program",
      "true",
  };
  for (const auto& command : commands) {
    CAPTURE(command);
    ExecChannel channel(command);
    for (int i = 0; i < 5; ++i) {
      channel.pipeline.play();
      channel.pipeline.stop();
    }
    channel.pipeline.play();
    if (command != commands[4]) channel.pipeline.wait_for_element("relevo-opened");
    channel.pipeline.stop();
    channel.pipeline.play();
    if (command == commands[0] || command == commands[2]) REQUIRE(channel.pipeline.wait_for_bytes(100'000));
    channel.pipeline.set_state(GST_STATE_READY);
  }
  CHECK(eventually([&] { return count_threads() <= threads; }));
  CHECK(eventually([&] { return count_descriptors() <= descriptors; }));
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
}
