// SPDX-License-Identifier: LGPL-2.1-or-later
// Watch: what may end one exchange before it is done: its deadlines and the caller's token.
#pragma once

#include "gx/cancel.hpp"
#include "gx/context.hpp"
#include "http/failure.hpp"
#include "http/message.hpp"

#include <chrono>
#include <optional>

namespace relevo::http {

enum class Stage { Connect, FirstByte, Body };

/// Lives on `context`, which the exchange iterates. When a deadline passes or the token is cancelled, it
/// cancels what is under way and remembers why.
class Watch {
 public:
  using Clock = std::chrono::steady_clock;

  /// `total_end` empty: whenever it ends.
  Watch(GMainContext* context, const Deadlines& deadlines, std::optional<Clock::time_point> total_end,
        const gx::CancelToken& token);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  /// Ends the deadline of the stage before and starts this one's. The body has none but the total, and that
  /// of each wait.
  void enter(Stage stage);
  /// The body is waited for, from now on until bytes have come.
  void wait_for_bytes();
  void bytes_came() noexcept { stage_end_.reset(); }
  /// For those who take what is there without a round of the context: notices the token, and the end of all.
  void look() noexcept;
  [[nodiscard]] Stage stage() const noexcept { return stage_; }

  /// Stops what is still under way, for no reason that anyone is told.
  void stop() noexcept { cancel_.cancel(); }

  /// Why it was stopped; empty when nothing stopped it.
  [[nodiscard]] std::optional<Failure> verdict() const noexcept { return verdict_; }
  [[nodiscard]] GCancellable* cancellable() const noexcept { return cancel_.get(); }

 private:
  void stop_for(Failure reason) noexcept;
  void arm(std::chrono::milliseconds deadline, Failure reason);

  GMainContext* context_;
  Deadlines deadlines_;
  std::optional<Clock::time_point> total_end_;
  gx::CancelToken token_;
  gx::CancelToken cancel_;
  std::optional<Failure> verdict_;
  Stage stage_ = Stage::Connect;
  gx::Source stage_end_;
  gx::Source on_total_end_;
  gx::Source on_token_;
};

} // namespace relevo::http
