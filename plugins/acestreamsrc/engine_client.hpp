// SPDX-License-Identifier: LGPL-2.1-or-later
// EngineClient: calls to one engine, which block.
#pragma once

#include "ace/engine.hpp"
#include "ace/player_messages.hpp"
#include "http/client.hpp"

#include <chrono>
#include <string>
#include <tl/expected.hpp>

namespace relevo::acestreamsrc {

struct CallError {
  ace::Problem problem;
  bool unknown_session = false; // the engine answers, and does not know the session
  bool timed_out = false;       // connected, and no answer within the limit
};

template <class T>
using Answer = tl::expected<T, CallError>;

/// For one thread. Redirects are followed, and lead to the engine's own address as everything that it hands
/// back does.
class EngineClient {
 public:
  using Milliseconds = std::chrono::milliseconds;

  EngineClient(ace::Engine engine, Milliseconds connect) : engine_(std::move(engine)), connect_(connect) {}

  [[nodiscard]] Answer<std::string> resolve(const std::string& content_id, Milliseconds limit,
                                            const gx::CancelToken& token);
  /// The URLs of the answer lead to the engine's own address.
  [[nodiscard]] Answer<ace::Opened> start(const ace::Content& content, const std::string& pid,
                                          Milliseconds limit, const gx::CancelToken& token);
  [[nodiscard]] Answer<ace::Statistics> statistics(const std::string& url, const gx::CancelToken& token);
  /// Waits for a notice. None came within the limit: a notice without a name.
  [[nodiscard]] Answer<ace::Notice> listen(const std::string& url, Milliseconds limit,
                                           const gx::CancelToken& token);
  /// The engine not knowing the session counts as done.
  [[nodiscard]] Answer<bool> stop(const std::string& command_url, const gx::CancelToken& token);

  /// The stream itself. Goes before this does, and before the next call.
  [[nodiscard]] Answer<http::Download> open(const std::string& url, Milliseconds limit,
                                            const gx::CancelToken& token);

 private:
  template <class T, class Call>
  [[nodiscard]] tl::expected<T, http::FetchError> follow(http::Request request, Call call) const;
  [[nodiscard]] Answer<std::string> fetch(const std::string& url, Milliseconds limit,
                                          const gx::CancelToken& token);
  [[nodiscard]] Answer<ace::Opened> rebase(ace::Opened opened) const;
  [[nodiscard]] http::Request make_request(const std::string& url, Milliseconds limit) const;

  ace::Engine engine_;
  Milliseconds connect_;
  http::Client client_;
};

/// What a failed transfer says of the engine, or of the stream.
[[nodiscard]] CallError error_of(const http::FetchError& error);

} // namespace relevo::acestreamsrc
