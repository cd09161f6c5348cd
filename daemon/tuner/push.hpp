// SPDX-License-Identifier: LGPL-2.1-or-later
// Push: a stream on its way to somebody as datagrams.
#pragma once

#include "base/result.hpp"
#include "gx/descriptor.hpp"
#include "tuner/bank.hpp"

#include <atomic>
#include <functional>
#include <thread>

namespace relevo::tuner {

/// Connected to the target, from which errors come back.
[[nodiscard]] Result<gx::Descriptor> connect_datagrams(const Target& target);

/// Reads a socket and sends what comes, in a thread of its own.
class Push {
 public:
  /// `on_over`: called in that thread, once, when the stream ended or nobody takes it any more. Not when this
  /// goes before.
  Push(gx::Descriptor stream, gx::Descriptor datagrams, bool rtp, std::function<void()> on_over);
  Push(const Push&) = delete;
  Push& operator=(const Push&) = delete;
  ~Push();

 private:
  void run(bool rtp);

  const gx::Descriptor stream_;
  const gx::Descriptor datagrams_;
  const std::function<void()> on_over_;
  std::atomic<bool> ending_ = false;
  std::thread thread_; // last: it uses the others
};

} // namespace relevo::tuner
