// SPDX-License-Identifier: LGPL-2.1-or-later
// Child::Supervisor: the thread that starts a program, listens to what it says, and ends it.
#pragma once

#include "descriptor.hpp"
#include "process/child.hpp"

#include <future>
#include <mutex>
#include <thread>

namespace relevo::process {

/// The program has a thread of its own as its parent, because the kernel kills it when the thread that forked
/// it ends, whatever becomes of the rest of this process.
class Child::Supervisor {
 public:
  explicit Supervisor(const Command& command);
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;

  /// Empty when the program runs. Throws CallFailed, and what starting a thread throws.
  [[nodiscard]] std::optional<StartFailure> start();
  /// Only after a start that succeeded.
  [[nodiscard]] ReadResult read(MutableBytes room, const gx::CancelToken& token, Deadline deadline);
  void stop();
  [[nodiscard]] std::shared_ptr<const Journal> journal() const { return journal_; }

 private:
  using Clock = std::chrono::steady_clock;
  using Started = std::promise<std::optional<StartFailure>>;

  [[nodiscard]] std::optional<StartFailure> launch();
  void main(Started started);
  void supervise() noexcept;
  void wait(Deadline end);
  template <class Condition>
  void wait_for(std::chrono::milliseconds limit, Condition condition);
  void listen();
  void discard();
  void listen_to_the_end();
  void signal_group(int signal) const;
  [[nodiscard]] Exit reap() const;
  void wait_for_output(bool closed, const gx::CancelToken& token, Deadline deadline) const;

  Command command_;
  Descriptor out_;
  Flag stop_wanted_;
  Flag ended_;
  std::shared_ptr<Journal> journal_;
  std::mutex joining_;
  std::thread thread_;

  // Of the thread.
  Descriptor err_;
  Descriptor process_;
  std::vector<std::byte> scratch_;
  Clock::time_point listen_again_{};
  bool exited_ = false;
  bool stopping_ = false;
  bool output_closed_ = false;
};

} // namespace relevo::process
