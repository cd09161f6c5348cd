// SPDX-License-Identifier: LGPL-2.1-or-later
// The life of a program as its supervisor sees it.
#include "supervisor.hpp"

#include "spawn.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>

namespace relevo::process {
namespace {

using std::chrono::milliseconds;

constexpr int kOutputSize = 1 << 20;     // what an unprivileged process may have: a second of 8 Mbit/s
constexpr std::size_t kBlock = 64 << 10; // what fits into a pipe as it comes
constexpr milliseconds kListenTick{50};  // a program that says much costs little
constexpr int kMostBlocksAtTheEnd = 32;

int timeout_until(std::chrono::steady_clock::time_point end) {
  const auto left = std::chrono::ceil<milliseconds>(end - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<milliseconds::rep>(left.count(), 0, 60'000));
}

ssize_t read_some(const Descriptor& from, MutableBytes room) {
  ssize_t got = 0;
  do {
    got = ::read(from.get(), room.data(), room.size());
  } while (got < 0 && errno == EINTR);
  return got;
}

} // namespace

Child::Supervisor::Supervisor(const Command& command) : command_(command), scratch_(kBlock) {}

std::optional<StartFailure> Child::Supervisor::start() {
  Started started;
  auto result = started.get_future();
  thread_ = std::thread([this, promise = std::move(started)]() mutable { main(std::move(promise)); });
  try {
    auto failed = result.get();
    if (failed) stop();
    return failed;
  } catch (...) {
    stop();
    throw;
  }
}

void Child::Supervisor::main(Started started) {
  try {
    auto failed = launch();
    const bool runs = !failed;
    started.set_value(std::move(failed));
    if (runs) supervise();
  } catch (...) {
    started.set_exception(std::current_exception());
  }
}

std::optional<StartFailure> Child::Supervisor::launch() {
  const Descriptor nothing = open_file("/dev/null", O_RDONLY);
  Pipe out = make_pipe();
  Pipe err = make_pipe();
  // Where many have large pipes already, a small one must do.
  static_cast<void>(::fcntl(out.read.get(), F_SETPIPE_SZ, kOutputSize));
  set_nonblocking(out.read);
  set_nonblocking(err.read);
  const auto pid = spawn(command_, {nothing.get(), out.write.get(), err.write.get()});
  if (!pid) return pid.error();
  journal_ = std::make_shared<Journal>(*pid);
  try {
    process_ = open_process(*pid);
  } catch (...) {
    signal_group(SIGKILL);
    static_cast<void>(reap());
    throw;
  }
  out_ = std::move(out.read);
  err_ = std::move(err.read);
  return {};
}

/// A program often closes its output just before it ends, so it is not told at once to end. When it has ended
/// or is told to, so are those that it has started; until it is reaped, its number is no other's.
void Child::Supervisor::supervise() noexcept {
  while (!exited_ && !stopping_ && !output_closed_)
    wait({});
  wait_for(command_.grace, [this] { return exited_ || stopping_; });
  const bool forced = !exited_;
  signal_group(SIGTERM);
  wait_for(command_.grace, [this] { return exited_ && output_closed_; });
  signal_group(SIGKILL);
  while (!exited_)
    wait({});
  listen_to_the_end();
  Exit exit = reap();
  exit.forced = forced;
  journal_->close(exit);
  ended_.raise();
}

template <class Condition>
void Child::Supervisor::wait_for(milliseconds limit, Condition condition) {
  const auto end = Clock::now() + limit;
  while (!condition() && Clock::now() < end)
    wait(end);
}

/// One turn: until something happens, or `end`. Output is for the reader, as long as there is one.
void Child::Supervisor::wait(Deadline end) {
  const bool listens = err_.get() >= 0 && Clock::now() >= listen_again_;
  if (!listens && err_.get() >= 0) end = std::min(end.value_or(listen_again_), listen_again_);
  std::array<pollfd, 4> set{
      {{exited_ ? -1 : process_.get(), POLLIN, 0},
       {stopping_ ? -1 : stop_wanted_.get(), POLLIN, 0},
       {output_closed_ ? -1 : out_.get(), static_cast<short>(stopping_ ? POLLIN : 0), 0},
       {listens ? err_.get() : -1, POLLIN, 0}}};
  if (::poll(set.data(), set.size(), end ? timeout_until(*end) : -1) <= 0) return;
  if (set[0].revents != 0) exited_ = true;
  if (set[1].revents != 0) stopping_ = true;
  if ((set[2].revents & POLLIN) != 0)
    discard();
  else if (set[2].revents != 0)
    output_closed_ = true;
  if (set[3].revents != 0) listen();
}

void Child::Supervisor::listen() {
  const ssize_t got = read_some(err_, scratch_);
  if (got > 0) journal_->add(Bytes(scratch_).first(static_cast<std::size_t>(got)));
  if (got == 0) err_.reset();
  listen_again_ = Clock::now() + kListenTick;
}

/// What it wants to say before it ends, it may: a full pipe would hold it up.
void Child::Supervisor::discard() {
  if (read_some(out_, scratch_) == 0) output_closed_ = true;
}

void Child::Supervisor::listen_to_the_end() {
  for (int block = 0; block < kMostBlocksAtTheEnd && err_.get() >= 0; ++block) {
    const ssize_t got = read_some(err_, scratch_);
    if (got <= 0) return;
    journal_->add(Bytes(scratch_).first(static_cast<std::size_t>(got)));
  }
}

void Child::Supervisor::signal_group(int signal) const {
  ::kill(-journal_->pid(), signal);
}

Exit Child::Supervisor::reap() const {
  siginfo_t info{};
  int failed = 0;
  do {
    failed = ::waitid(P_PID, static_cast<id_t>(journal_->pid()), &info, WEXITED);
  } while (failed != 0 && errno == EINTR);
  if (failed != 0) return {};
  return {info.si_code == CLD_EXITED ? Exit::How::Status : Exit::How::Signal, info.si_status};
}

Child::ReadResult Child::Supervisor::read(MutableBytes room, const gx::CancelToken& token,
                                          Deadline deadline) {
  for (bool closed = false;;) {
    // Asked first: what was written before the end is in the pipe then.
    const bool over = journal_->exit().has_value();
    if (!closed) {
      const ssize_t got = read_some(out_, room);
      if (got > 0) return static_cast<std::size_t>(got);
      closed = got == 0;
    }
    if (over) return 0;
    if (token.cancelled()) return tl::unexpected(ReadStop::Cancelled);
    if (!closed && deadline && Clock::now() >= *deadline) return tl::unexpected(ReadStop::Silent);
    wait_for_output(closed, token, deadline);
  }
}

void Child::Supervisor::wait_for_output(bool closed, const gx::CancelToken& token, Deadline deadline) const {
  const gx::Pause pause(token);
  std::array<pollfd, 3> set{
      {{closed ? -1 : out_.get(), POLLIN, 0}, {ended_.get(), POLLIN, 0}, {pause.descriptor(), POLLIN, 0}}};
  ::poll(set.data(), set.size(), deadline && !closed ? timeout_until(*deadline) : -1);
}

void Child::Supervisor::stop() {
  stop_wanted_.raise();
  const std::lock_guard lock(joining_);
  if (thread_.joinable()) thread_.join();
}

} // namespace relevo::process
