// SPDX-License-Identifier: LGPL-2.1-or-later
// Answers that take a while: they are made in a thread of a pool.
#pragma once

#include "gx/worker_pool.hpp"
#include "net/route.hpp"

#include <functional>

namespace relevo::net {

/// What a worker is asked.
struct Asked {
  const Request& request;
  const gx::CancelToken& gone;   // as of Reply
  const gx::CancelToken& ending; // of the pool

  /// Nobody waits for the answer any more.
  [[nodiscard]] bool over() const noexcept { return gone.cancelled() || ending.cancelled(); }
};

/// Must not throw.
using Work = std::function<Response(const Asked&)>;

/// Has `work` done in the pool.
[[nodiscard]] Defer answer_in(gx::WorkerPool& pool, Work work);

} // namespace relevo::net
