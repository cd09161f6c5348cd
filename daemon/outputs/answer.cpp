// SPDX-License-Identifier: LGPL-2.1-or-later
// Failures as answers.
#include "outputs/answer.hpp"

#include "base/text.hpp"
#include "net/gzip.hpp"

#include <exception>
#include <utility>

namespace relevo::outputs {
namespace {

constexpr unsigned kFailed = 500, kUnavailable = 503;

net::Response answer_to(const sqlite::Failure& failure) {
  if (failure.problem() == sqlite::Problem::Busy)
    return net::error_response(kUnavailable, "busy", "the database is busy; try again");
  return net::error_response(kFailed, "database", "the database failed; the log tells how");
}

net::Response perform(const Log& log, const net::Asked& asked, const net::Work& work) {
  const auto note = [&](const std::exception& failure) {
    log.write(LogLevel::Error, concat(asked.request.path, ": ", failure.what()));
  };
  try {
    return work(asked);
  } catch (const Abandoned&) {
    return net::error_response(kUnavailable, "abandoned", "nobody seemed to wait for this any more");
  } catch (const sqlite::Failure& failure) {
    note(failure);
    return answer_to(failure);
  } catch (const std::exception& failure) {
    note(failure);
    return net::error_response(kFailed, "failed", "this failed; the log tells why");
  }
}

} // namespace

net::Defer answer_in(gx::WorkerPool& pool, const Log& log, net::Work work) {
  return net::answer_in(
      pool, [&log, work = std::move(work)](const net::Asked& asked) { return perform(log, asked, work); });
}

Press::Order order_for(const net::Asked& asked, std::string wish, bool packed) {
  return {.wish = std::move(wish),
          .packed = packed,
          .known = std::string(asked.request.header("If-None-Match")),
          .over = [&asked] { return asked.over(); }};
}

net::Response print_for(const net::Asked& asked, Press& press, std::string wish, std::string content_type,
                        const Press::Compose& compose) {
  const bool packed = net::accepts_gzip(std::string(asked.request.header("Accept-Encoding")));
  const auto order = order_for(asked, std::move(wish), packed);
  auto response = press.print(order, compose);
  response.content_type = std::move(content_type);
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (packed && response.file) response.headers.emplace_back("Content-Encoding", "gzip");
  return response;
}

} // namespace relevo::outputs
