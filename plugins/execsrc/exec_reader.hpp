// SPDX-License-Identifier: LGPL-2.1-or-later
// ExecReader: the output of one run of a command, as a transport stream.
#pragma once

#include "gstx/byte_source.hpp"
#include "process/child.hpp"
#include "ts/stream_proof.hpp"

#include <functional>
#include <memory>
#include <optional>

namespace relevo::execsrc {

struct Plan {
  process::Command command;
  std::chrono::milliseconds first_byte_timeout; // zero: none, as below
  std::chrono::milliseconds silence_timeout;
};

/// The first bytes are handed out as they come, the others once in a tick. Refuses what is no transport
/// stream. When it goes, the command is gone.
class ExecReader final : public gstx::ByteReader {
 public:
  /// Told once, when the command runs.
  using Started = std::function<void(std::shared_ptr<const process::Journal>)>;

  ExecReader(Plan plan, Started started);

  [[nodiscard]] tl::expected<std::size_t, gstx::SourceFailure> read(MutableBytes room,
                                                                    const gx::CancelToken& token) override;

 private:
  using Clock = std::chrono::steady_clock;
  using Failed = std::optional<gstx::SourceFailure>;

  [[nodiscard]] Failed start(const gx::CancelToken& token);
  [[nodiscard]] Failed judge(Bytes bytes);
  [[nodiscard]] gstx::SourceFailure silent() const;
  [[nodiscard]] gstx::SourceFailure failure(policy::Failure kind, const std::string& text) const;
  void plan_next(bool full);

  Plan plan_;
  Started started_;
  std::unique_ptr<process::Child> child_;
  ts::StreamProof proof_;
  bool silent_ = true; // no bytes yet
  std::optional<gx::Pause> pause_;
  std::optional<Clock::time_point> next_read_; // empty: at once
  process::Child::Deadline deadline_;
};

} // namespace relevo::execsrc
