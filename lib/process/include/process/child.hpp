// SPDX-License-Identifier: LGPL-2.1-or-later
// Child: a program that runs for us, whose output is read, and of which nothing is left afterwards.
#pragma once

#include "base/bytes.hpp"
#include "gx/cancel.hpp"
#include "process/journal.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace relevo::process {

/// Of the program and of each that it starts. 0: as in this process.
struct Limits {
  std::uint64_t address_space = 0; // bytes
  std::uint64_t open_files = 0;
};

struct Command {
  std::vector<std::string>
      arguments; // the first is the program: a path, or a name that is looked for in PATH
  std::vector<std::pair<std::string, std::string>> environment{}; // on top of that of this process
  Limits limits{};
  std::chrono::milliseconds grace{1000}; // how long it may take to end when it is told to
};

/// The program does not run.
struct StartFailure {
  enum class Kind : std::uint8_t { NotFound, NotExecutable, Other };

  Kind kind = Kind::Other;
  std::string message; // a sentence, without secrets
  std::string detail;  // the failing call and its code
};

/// Runs in a session of its own, without a terminal, with /dev/null as its input, no descriptor but the three
/// standard ones, signals as at the start of a program, and no core dumps. When it ends, closes its output or
/// is stopped, its whole process group is asked to end (SIGTERM) and after the grace time made to (SIGKILL);
/// it is killed as well when this process dies.
class Child {
 public:
  /// When it returns, the program runs or has failed to. In any thread, which need not outlive it.
  [[nodiscard]] static tl::expected<std::unique_ptr<Child>, StartFailure> start(const Command& command);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child(); // stops it

  enum class ReadStop : std::uint8_t { Silent, Cancelled };
  using ReadResult = tl::expected<std::size_t, ReadStop>;
  using Deadline = std::optional<std::chrono::steady_clock::time_point>;

  /// Waits for output and takes what is there. 0 when no more will come: the program has ended, and the
  /// journal says how. Silent when nothing came until `deadline`. One thread at a time, and not after stop().
  [[nodiscard]] ReadResult read(MutableBytes room, const gx::CancelToken& token, Deadline deadline);

  /// When it returns, the program and its process group are gone. Takes up to the grace time where they will
  /// not go by themselves. From any thread, and as often as wanted.
  void stop();

  /// Outlives this.
  [[nodiscard]] std::shared_ptr<const Journal> journal() const;

 private:
  class Supervisor;
  explicit Child(std::unique_ptr<Supervisor> supervisor);

  std::unique_ptr<Supervisor> supervisor_;
};

} // namespace relevo::process
