// SPDX-License-Identifier: LGPL-2.1-or-later
// Client: blocking HTTP requests for worker threads.
#pragma once

#include "base/bytes.hpp"
#include "gx/cancel.hpp"
#include "http/failure.hpp"
#include "http/message.hpp"
#include "ip/reach.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>

namespace relevo::http {

using FetchResult = tl::expected<Response, FetchError>;
/// How many bytes of a body came; 0: it has ended.
using Got = tl::expected<std::size_t, FetchError>;

/// Takes a body piece by piece, in the calling thread. `head` is the final answer with an empty body, so that
/// the body of a 404 need not be taken for the thing itself. False: no more, the fetch fails with
/// Failure::Aborted. It may throw: the exception leaves the fetch.
using Consumer = std::function<bool(const Response& head, Bytes part)>;

struct ClientOptions {
  std::string
      proxy{}; // "http://user:password@host:port"; "" connects directly, whatever the environment says
  bool strict_tls = true; // false accepts any certificate
  /// Held against every address that is connected to, for every hop; through a proxy, which looks names up
  /// itself, against hosts that are numbers. The proxy's own address is not looked at. Empty: everything is
  /// allowed.
  std::optional<ip::Reach> reach{};
};

/// An answer whose body is read piece by piece, as it arrives and never packed. Blocks like the client that
/// opened it, in the thread that uses both; goes before that client, and before its next request.
class Download {
 public:
  class Running;
  explicit Download(std::unique_ptr<Running> running);
  Download(Download&&) noexcept;
  Download& operator=(Download&&) noexcept;
  /// Closes the connection where the body was not read to its end.
  ~Download();

  /// With an empty body.
  [[nodiscard]] const Response& head() const noexcept;
  /// Waits until bytes have come, and takes those that are there. Not to be called again after the end or a
  /// failure.
  [[nodiscard]] Got read(MutableBytes room);
  /// The same for those who look again and again: does not wait, and costs little. Empty where nothing is
  /// there.
  [[nodiscard]] std::optional<Got> read_now(MutableBytes room);

 private:
  std::unique_ptr<Running> running_;
};

/// Keeps connections alive between its requests and closes them when it goes. May move between threads, but
/// serves one request at a time; a worker has its own. Needs no running main loop, and disturbs none.
class Client {
 public:
  explicit Client(ClientOptions options = {});
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;
  ~Client();

  /// Blocks until the answer is whole, or failed. Redirects are followed here. To another host (or port, or
  /// from https down to http) goes no header of the request but User-Agent and those that say what is wanted
  /// (Accept, Referer, Origin, Range …); the step from http to https on the default ports of one host counts
  /// as the same host.
  [[nodiscard]] FetchResult fetch(const Request& request, const gx::CancelToken& token);

  /// The same, with the body going to `consumer` and not into the Response.
  [[nodiscard]] FetchResult fetch(const Request& request, const gx::CancelToken& token,
                                  const Consumer& consumer);

  /// Blocks until the headers of the answer are there; redirects are followed as by fetch().
  /// Request::max_body_bytes does not count here.
  [[nodiscard]] tl::expected<Download, FetchError> open(const Request& request, const gx::CancelToken& token);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace relevo::http
