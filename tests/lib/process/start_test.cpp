// SPDX-License-Identifier: LGPL-2.1-or-later
// What a program finds when it starts, and what is said of one that does not.
#include "running.hpp"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace relevo;
using namespace relevo::process;
using namespace relevo::process::test;

namespace {

using Kind = StartFailure::Kind;

StartFailure failure_of(const Command& command) {
  const auto child = Child::start(command);
  REQUIRE_FALSE(child);
  return child.error();
}

/// A folder that goes with the test.
class Folder {
 public:
  Folder() {
    char path[] = "/tmp/relevo-process-XXXXXX";
    REQUIRE(::mkdtemp(path));
    path_ = path;
  }
  ~Folder() { std::filesystem::remove_all(path_); }

  [[nodiscard]] std::string file(const std::string& name, const std::string& text, int mode) const {
    const auto path = path_ / name;
    std::ofstream(path) << text;
    std::filesystem::permissions(path, std::filesystem::perms(mode));
    return path;
  }
  [[nodiscard]] std::string path() const { return path_; }

 private:
  std::filesystem::path path_;
};

} // namespace

TEST_CASE("a program gets its arguments as they are") {
  CHECK(output_of({.arguments = {"printf", "<%s>", "", "a b", "$HOME", "'\""}}) == "<><a b><$HOME><'\">");
}

TEST_CASE("a program inherits the standard descriptors alone, and nothing to read") {
  const int inheritable = ::open("/dev/null", O_RDONLY);
  REQUIRE(inheritable > 2);
  CHECK(output_of({.arguments = {"ls", "/proc/self/fd"}}) == "0\n1\n2\n3\n"); // 3 is the folder itself
  ::close(inheritable);
  CHECK(output_of({.arguments = {"readlink", "/proc/self/fd/0"}}) == "/dev/null\n");
}

TEST_CASE("a program starts with the signals of a new one, in a session of its own") {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  sigset_t blocked, old;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &blocked, &old);
  const auto masks = output_of({.arguments = {"grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"}});
  pthread_sigmask(SIG_SETMASK, &old, nullptr);
  std::signal(SIGPIPE, before);
  CHECK(masks == "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
  // pid, process group, session, terminal
  const auto child = start(shell("read -r pid name state parent group session tty rest < /proc/self/stat; "
                                 "echo $group $session $tty"));
  const auto pid = std::to_string(child->journal()->pid());
  CHECK(read_from(*child) == pid + ' ' + pid + " 0\n");
}

TEST_CASE("the environment is ours with changes") {
  ::setenv("RELEVO_TEST_A", "ours", 1);
  ::setenv("RELEVO_TEST_AB", "ours too", 1);
  auto command = shell("echo \"$RELEVO_TEST_A,$RELEVO_TEST_AB,$RELEVO_TEST_C\"");
  CHECK(output_of(command) == "ours,ours too,\n");
  command.environment = {{"RELEVO_TEST_A", "theirs"}, {"RELEVO_TEST_C", "a=b"}};
  CHECK(output_of(command) == "theirs,ours too,a=b\n");
}

TEST_CASE("limits hold, and there are no core dumps") {
  auto command = shell("ulimit -c; ulimit -n; ulimit -v");
  struct rlimit files {};
  ::getrlimit(RLIMIT_NOFILE, &files);
  CHECK(output_of(command) == "0\n" + std::to_string(files.rlim_cur) + "\nunlimited\n");
  command.limits = {512 << 20, 77};
  CHECK(output_of(command) == "0\n77\n524288\n");
  command.limits = {0, std::uint64_t{files.rlim_max} + 1}; // more than we may have
  CHECK(output_of(command) == "0\n" + std::to_string(files.rlim_max) + "\nunlimited\n");
}

TEST_CASE("a program that does not run is told from one that ended") {
  const Folder folder;
  CHECK(exit_of(shell("exit 127")).code == 127);
  CHECK(failure_of({.arguments = {"relevo-no-such-program"}}).message ==
        "There is no program relevo-no-such-program");
  CHECK(failure_of({.arguments = {"relevo-no-such-program"}}).kind == Kind::NotFound);
  CHECK(failure_of({.arguments = {"/nowhere/program"}}).kind == Kind::NotFound);
  const auto plain = folder.file("plain", "text", 0644);
  CHECK(failure_of({.arguments = {plain}}).kind == Kind::NotExecutable);
  CHECK(failure_of({.arguments = {plain}}).message == "Cannot run " + plain + ": Permission denied");
  CHECK(failure_of({.arguments = {plain}}).detail == "execve: Permission denied");
  CHECK(failure_of({.arguments = {"/tmp"}}).kind == Kind::NotExecutable);
  const auto text = folder.file("text", "neither a script nor a program", 0755);
  CHECK(failure_of({.arguments = {text}}).message == "Cannot run " + text + ": Exec format error");
  const auto orphan = folder.file("orphan", "#!/nowhere/interpreter\n", 0755);
  CHECK(failure_of({.arguments = {orphan}}).message ==
        "Cannot run " + orphan + ": its interpreter is missing");
  CHECK(failure_of({.arguments = {"echo", std::string("a\0b", 3)}}).kind == Kind::Other);
}

TEST_CASE("a program is looked for in PATH") {
  const Folder first, second;
  static_cast<void>(first.file("relevo-tool", "not for running", 0644));
  static_cast<void>(second.file("relevo-tool", "#!/bin/sh\necho second\n", 0755));
  Command command{.arguments = {"relevo-tool"}};
  command.environment = {{"PATH", ":/nowhere:" + first.path() + ":" + second.path()}};
  CHECK(output_of(command) == "second\n");
  command.environment = {{"PATH", first.path() + ":/nowhere"}};
  CHECK(failure_of(command).kind == Kind::NotExecutable);
  command.environment = {{"PATH", ""}};
  CHECK(failure_of(command).kind == Kind::NotFound);
}

TEST_CASE("a process without descriptors to spare cannot start a program, and loses none") {
  struct rlimit before {};
  ::getrlimit(RLIMIT_NOFILE, &before);
  const int next = ::dup(0);
  ::close(next);
  int failures = 0;
  for (int spare = 0;; ++spare) {
    const struct rlimit few { static_cast<rlim_t>(next + spare), before.rlim_max };
    ::setrlimit(RLIMIT_NOFILE, &few);
    const auto child = Child::start(shell("exit 0"));
    ::setrlimit(RLIMIT_NOFILE, &before);
    if (child) break;
    CHECK(child.error().message.find("Too many open files") != std::string::npos);
    ++failures;
  }
  CHECK(failures > 5);
  const int after = ::dup(0);
  ::close(after);
  CHECK(after == next);
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1); // no child is left either
}
