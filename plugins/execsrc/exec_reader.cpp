// SPDX-License-Identifier: LGPL-2.1-or-later
// Starting, the rhythm of reading, and what the end of a command means.
#include "exec_reader.hpp"

#include "base/text.hpp"

namespace relevo::execsrc {
namespace {

using policy::Failure;
using std::chrono::milliseconds;

constexpr milliseconds kTick{50};

process::Child::Deadline after(milliseconds limit) {
  if (limit == milliseconds::zero()) return {};
  return std::chrono::steady_clock::now() + limit;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines)
    text += (text.empty() ? "" : "\n") + line;
  return text;
}

} // namespace

ExecReader::ExecReader(Plan plan, Started started) : plan_(std::move(plan)), started_(std::move(started)) {}

tl::expected<std::size_t, gstx::SourceFailure> ExecReader::read(MutableBytes room,
                                                                const gx::CancelToken& token) {
  if (!child_) {
    if (auto failed = start(token)) return tl::unexpected(std::move(*failed));
  }
  if (next_read_ && !pause_->wait_until(*next_read_)) return 0;
  const auto got = child_->read(room, token, deadline_);
  if (!got) {
    if (got.error() == process::Child::ReadStop::Cancelled) return 0;
    return tl::unexpected(silent());
  }
  if (auto failed = judge(room.first(*got))) return tl::unexpected(std::move(*failed));
  plan_next(*got == room.size());
  return *got;
}

ExecReader::Failed ExecReader::start(const gx::CancelToken& token) {
  auto started = process::Child::start(plan_.command);
  if (!started) {
    auto& failed = started.error();
    return gstx::SourceFailure{Failure::Other, 0, std::move(failed.message), std::move(failed.detail)};
  }
  child_ = std::move(*started);
  pause_.emplace(token);
  deadline_ = after(plan_.first_byte_timeout);
  started_(child_->journal());
  return {};
}

/// `bytes` empty: the command has ended. Of a command that failed, this is told and not what it wrote.
ExecReader::Failed ExecReader::judge(Bytes bytes) {
  if (bytes.empty()) {
    const auto exit = child_->journal()->exit().value();
    if (exit.forced)
      return failure(Failure::Other, "The command closed its output and did not end by itself");
    if (!exit.success()) return failure(Failure::Other, concat("The command ", describe(exit)));
  }
  silent_ = false;
  if (proof_.proven()) return {};
  const auto seen = bytes.empty() ? proof_.finish() : proof_.push(bytes);
  if (!seen) return {};
  return failure(Failure::NotTransportStream,
                 concat("What the command wrote is no MPEG transport stream, but ", describe(*seen)));
}

gstx::SourceFailure ExecReader::silent() const {
  const auto limit = silent_ ? plan_.first_byte_timeout : plan_.silence_timeout;
  return failure(silent_ ? Failure::FirstByteTimeout : Failure::Stalled,
                 concat("The command wrote nothing for ", limit.count(), " ms"));
}

/// With what the command said last, which most often is why.
gstx::SourceFailure ExecReader::failure(Failure kind, const std::string& text) const {
  const auto lines = child_->journal()->lines();
  return {kind, 0, lines.empty() ? text : concat(text, ": ", lines.back()), joined(lines)};
}

void ExecReader::plan_next(bool full) {
  deadline_ = after(plan_.silence_timeout);
  if (full)
    next_read_.reset();
  else
    next_read_ = Clock::now() + kTick;
}

} // namespace relevo::execsrc
