// SPDX-License-Identifier: LGPL-2.1-or-later
// From handlers to workers.
#include "net/work.hpp"

#include <memory>
#include <utility>

namespace relevo::net {
namespace {

/// What std::function can hold.
struct Waiting {
  Request request;
  Reply reply;
};

} // namespace

Defer answer_in(gx::WorkerPool& pool, Work work) {
  return [&pool, work = std::move(work)](Request request, Reply reply) {
    auto waiting = std::make_shared<Waiting>(Waiting{std::move(request), std::move(reply)});
    pool.submit([waiting, work](const gx::CancelToken& ending) {
      auto response = work({waiting->request, waiting->reply.gone(), ending});
      std::move(waiting->reply).send(std::move(response));
    });
  };
}

} // namespace relevo::net
