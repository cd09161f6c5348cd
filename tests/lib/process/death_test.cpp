// SPDX-License-Identifier: LGPL-2.1-or-later
// A program and the process, or only the thread, that started it.
#include "running.hpp"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace relevo;
using namespace relevo::process;
using namespace relevo::process::test;

TEST_CASE("a program outlives the thread that started it") {
  std::unique_ptr<Child> child;
  std::thread starter([&] { child = start(shell("sleep 0.3; echo alive")); });
  starter.join();
  CHECK(read_from(*child) == "alive\n");
  CHECK(child->journal()->exit()->success());
}

TEST_CASE("a program dies with the process that started it") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t process = ::fork();
  if (process == 0) {
    const auto child = Child::start(shell("trap '' TERM; exec sleep 1000"));
    const pid_t pid = child ? (*child)->journal()->pid() : 0;
    const auto written = ::write(ends[1], &pid, sizeof pid);
    while (written == sizeof pid)
      ::pause();
    ::_exit(1);
  }
  pid_t program = 0;
  REQUIRE(::read(ends[0], &program, sizeof program) == sizeof program);
  ::close(ends[0]);
  ::close(ends[1]);
  REQUIRE(program > 0);
  CHECK(runs(program));
  ::kill(process, SIGKILL);
  REQUIRE(::waitpid(process, nullptr, 0) == process);
  CHECK(eventually([&] { return !runs(program); }));
}

TEST_CASE("a process without standard descriptors can start programs") {
  const pid_t process = ::fork();
  if (process == 0) {
    for (const int standard : {0, 1, 2})
      ::close(standard);
    const auto child = Child::start(shell("echo out; echo err >&2"));
    std::byte room[16];
    const auto got = child ? (*child)->read(room, gx::CancelToken(), patience()) : 0;
    const bool good = got && as_text({room, *got}) == "out\n" &&
                      (*child)->read(room, gx::CancelToken(), {}) == 0 &&
                      (*child)->journal()->lines() == std::vector<std::string>{"err"};
    ::_exit(good ? 0 : 1);
  }
  int status = -1;
  REQUIRE(::waitpid(process, &status, 0) == process);
  CHECK(status == 0);
}
