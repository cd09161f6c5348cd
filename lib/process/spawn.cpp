// SPDX-License-Identifier: LGPL-2.1-or-later
// The fork, and what the new process does until it is the program. Other threads of this process may hold any
// lock at that moment, so in there nothing is called that is not async-signal-safe, and nothing allocated.
#include "spawn.hpp"

#include "base/text.hpp"
#include "descriptor.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <linux/close_range.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <system_error>

namespace relevo::process {
namespace {

constexpr int kCouldNot = 127; // as of a shell

/// How far the new process came before it failed.
enum class Step : int { Session, Parent, Files, Limits, Run };

struct Report {
  Step step;
  int error;
};

const char* call_of(Step step) {
  switch (step) {
  case Step::Session: return "setsid";
  case Step::Parent: return "prctl(PR_SET_PDEATHSIG)";
  case Step::Files: return "dup2 or close_range";
  case Step::Limits: return "setrlimit";
  case Step::Run: break;
  }
  return "execve";
}

bool is_set_by(std::string_view entry, std::string_view name) {
  return entry.starts_with(name) && entry.substr(name.size()).starts_with('=');
}

std::vector<std::string> make_environment(const Command& command) {
  std::vector<std::string> entries;
  for (char** entry = environ; *entry; ++entry) {
    const bool replaced = std::ranges::any_of(
        command.environment, [&](const auto& variable) { return is_set_by(*entry, variable.first); });
    if (!replaced) entries.emplace_back(*entry);
  }
  for (const auto& [name, value] : command.environment)
    entries.push_back(concat(name, '=', value));
  return entries;
}

/// Where the program may be, in the order of PATH.
std::vector<std::string> make_paths(const std::string& program, const std::vector<std::string>& environment) {
  if (program.find('/') != std::string::npos) return {program};
  std::string_view folders = "/usr/local/bin:/usr/bin:/bin";
  for (const std::string& entry : environment)
    if (is_set_by(entry, "PATH")) folders = std::string_view(entry).substr(5);
  std::vector<std::string> paths;
  for (;;) {
    const auto end = folders.find(':');
    if (const auto folder = folders.substr(0, end); !folder.empty())
      paths.push_back(concat(folder, '/', program));
    if (end == std::string_view::npos) return paths;
    folders.remove_prefix(end + 1);
  }
}

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts)
    pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

/// All that the new process needs, laid out before the fork.
class Image {
 public:
  Image(const Command& command, const StandardFiles& files)
      : arguments_(pointers_to(command.arguments)),
        environment_texts_(make_environment(command)),
        environment_(pointers_to(environment_texts_)),
        path_texts_(make_paths(command.arguments[0], environment_texts_)),
        paths_(pointers_to(path_texts_)),
        files_(files),
        limits_(command.limits) {}

  /// In the new process. Says through `report` why it could not.
  [[noreturn]] void become(int report) const noexcept {
    Report said{Step::Session, 0};
    if (begin_session(said.step) && take_files(said.step) && take_limits(said.step)) run(said.step);
    said.error = errno;
    [[maybe_unused]] const auto written = ::write(report, &said, sizeof said);
    ::_exit(kCouldNot);
  }

  [[nodiscard]] bool exists() const {
    return std::ranges::any_of(path_texts_,
                               [](const std::string& p) { return ::access(p.c_str(), F_OK) == 0; });
  }

 private:
  bool begin_session(Step& step) const noexcept {
    step = Step::Session;
    if (::setsid() < 0) return false;
    step = Step::Parent;
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return false;
    if (::getppid() != parent_) ::_exit(kCouldNot); // it died before that
    return true;
  }

  bool take_files(Step& step) const noexcept {
    step = Step::Files;
    return ::dup2(files_.in, STDIN_FILENO) >= 0 && ::dup2(files_.out, STDOUT_FILENO) >= 0 &&
           ::dup2(files_.err, STDERR_FILENO) >= 0 &&
           ::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC) == 0;
  }

  bool take_limits(Step& step) const noexcept {
    step = Step::Limits;
    return limit(RLIMIT_CORE, 0) && (limits_.address_space == 0 || limit(RLIMIT_AS, limits_.address_space)) &&
           (limits_.open_files == 0 || limit(RLIMIT_NOFILE, limits_.open_files));
  }

  /// Never above what this process may itself.
  static bool limit(__rlimit_resource_t what, rlim_t wanted) noexcept {
    struct rlimit now {};
    if (::getrlimit(what, &now) != 0) return false;
    const rlim_t value = std::min(wanted, now.rlim_max);
    const struct rlimit next { value, value };
    return ::setrlimit(what, &next) == 0;
  }

  /// Returns when no path could be run, with the error that says most.
  void run(Step& step) const noexcept {
    step = Step::Run;
    restore_signals();
    int error = ENOENT;
    for (char* const* path = paths_.data(); *path; ++path) {
      ::execve(*path, arguments_.data(), environment_.data());
      if (errno != ENOENT && errno != ENOTDIR) error = errno;
    }
    errno = error;
  }

  static void restore_signals() noexcept {
    struct sigaction standard {};
    standard.sa_handler = SIG_DFL;
    for (int signal = 1; signal < NSIG; ++signal)
      ::sigaction(signal, &standard, nullptr);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
  }

  std::vector<char*> arguments_;
  std::vector<std::string> environment_texts_;
  std::vector<char*> environment_;
  std::vector<std::string> path_texts_;
  std::vector<char*> paths_;
  StandardFiles files_;
  Limits limits_;
  pid_t parent_ = ::getpid();
};

/// No handler of this process may run in the new one.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;
  ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

/// Empty once the program runs.
std::optional<Report> read_report(const Descriptor& end) {
  Report report{};
  ssize_t got = 0;
  do {
    got = ::read(end.get(), &report, sizeof report);
  } while (got < 0 && errno == EINTR);
  return got == sizeof report ? std::optional(report) : std::nullopt;
}

StartFailure failure_of(const Report& report, const std::string& program, bool exists) {
  using Kind = StartFailure::Kind;
  const std::string why = std::generic_category().message(report.error);
  const auto detail = concat(call_of(report.step), ": ", why);
  if (report.step != Step::Run) return {Kind::Other, concat("Cannot prepare ", program, ": ", why), detail};
  if (report.error != ENOENT) return {Kind::NotExecutable, concat("Cannot run ", program, ": ", why), detail};
  if (exists)
    return {Kind::NotExecutable, concat("Cannot run ", program, ": its interpreter is missing"), detail};
  return {Kind::NotFound, concat("There is no program ", program), detail};
}

} // namespace

tl::expected<pid_t, StartFailure> spawn(const Command& command, const StandardFiles& files) {
  const Image image(command, files);
  Pipe report = make_pipe();
  pid_t pid = -1;
  {
    const SignalsBlocked blocked;
    pid = ::fork();
    if (pid == 0) image.become(report.write.get());
  }
  if (pid < 0) throw_errno("fork");
  report.write.reset();
  const auto failed = read_report(report.read);
  if (!failed) return pid;
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
  return tl::unexpected(failure_of(*failed, command.arguments[0], image.exists()));
}

} // namespace relevo::process
