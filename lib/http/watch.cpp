// SPDX-License-Identifier: LGPL-2.1-or-later
// Deadlines and cancellation of one exchange.
#include "watch.hpp"

#include <algorithm>

namespace relevo::http {

using std::chrono::milliseconds;

Watch::Watch(GMainContext* context, const Deadlines& deadlines, std::optional<Clock::time_point> total_end,
             const gx::CancelToken& token)
    : context_(context), deadlines_(deadlines), total_end_(total_end), token_(token) {
  if (total_end) {
    const auto left = std::chrono::ceil<milliseconds>(*total_end - Clock::now());
    on_total_end_ = gx::Source::after(context, std::max(left, milliseconds::zero()),
                                      [this] { stop_for(Failure::TotalTimeout); });
  }
  on_token_ = gx::Source::on_cancelled(context, token.get(), [this] { stop_for(Failure::Cancelled); });
  if (token.cancelled()) stop_for(Failure::Cancelled);
  enter(Stage::Connect);
}

void Watch::enter(Stage stage) {
  stage_ = stage;
  switch (stage) {
  case Stage::Connect: return arm(deadlines_.connect, Failure::ConnectTimeout);
  case Stage::FirstByte: return arm(deadlines_.first_byte, Failure::FirstByteTimeout);
  case Stage::Body: return stage_end_.reset();
  }
}

void Watch::wait_for_bytes() {
  if (deadlines_.silence > milliseconds::zero()) arm(deadlines_.silence, Failure::Stalled);
}

void Watch::look() noexcept {
  if (token_.cancelled()) stop_for(Failure::Cancelled);
  if (total_end_ && Clock::now() >= *total_end_) stop_for(Failure::TotalTimeout);
}

void Watch::arm(milliseconds deadline, Failure reason) {
  stage_end_ = gx::Source::after(context_, deadline, [this, reason] { stop_for(reason); });
}

void Watch::stop_for(Failure reason) noexcept {
  if (verdict_) return;
  verdict_ = reason;
  cancel_.cancel();
}

} // namespace relevo::http
