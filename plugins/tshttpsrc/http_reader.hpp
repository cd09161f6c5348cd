// SPDX-License-Identifier: LGPL-2.1-or-later
// HttpReader: the bytes of one HTTP request for a transport stream.
#pragma once

#include "gstx/byte_source.hpp"
#include "http/client.hpp"
#include "ts/stream_proof.hpp"

#include <chrono>
#include <functional>
#include <optional>

namespace relevo::tshttpsrc {

/// The first bytes are handed out as they come, the others once in a tick, so that a stream costs few
/// wake-ups; as long as it comes faster than that, nothing waits. Refuses what is no transport stream.
class HttpReader final : public gstx::ByteReader {
 public:
  /// Told once, when the answer is there.
  using Opened = std::function<void(const http::Response&)>;

  HttpReader(http::ClientOptions options, http::Request request, Opened opened);

  [[nodiscard]] tl::expected<std::size_t, gstx::SourceFailure> read(MutableBytes room,
                                                                    const gx::CancelToken& token) override;

 private:
  using Clock = std::chrono::steady_clock;
  using Failed = std::optional<gstx::SourceFailure>;

  [[nodiscard]] Failed open(const gx::CancelToken& token);
  [[nodiscard]] tl::expected<std::size_t, gstx::SourceFailure> read_first(MutableBytes room);
  [[nodiscard]] http::Got read_on_tick(MutableBytes room);
  void plan_next(bool full);
  [[nodiscard]] Failed check(Bytes bytes);

  http::Request request_;
  Opened opened_;
  http::Client client_;
  std::optional<http::Download> download_; // of client_
  ts::StreamProof proof_;
  std::optional<gx::Pause> pause_;
  Clock::time_point next_read_{}; // not before
};

} // namespace relevo::tshttpsrc
