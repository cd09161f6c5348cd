// SPDX-License-Identifier: LGPL-2.1-or-later
// What players get, from a worker: also where it fails, and packed where they take it.
#pragma once

#include "base/log.hpp"
#include "net/work.hpp"
#include "outputs/press.hpp"

#include <string>

namespace relevo::outputs {

/// As net::answer_in(), but `work` may throw, which becomes an answer and a line in the log.
[[nodiscard]] net::Defer answer_in(gx::WorkerPool& pool, const Log& log, net::Work work);

/// For who asks, whose request must outlive it.
[[nodiscard]] Press::Order order_for(const net::Asked& asked, std::string wish, bool packed);

/// What a press prints, packed where the client takes that. Throws what Press::print() throws.
[[nodiscard]] net::Response print_for(const net::Asked& asked, Press& press, std::string wish,
                                      std::string content_type, const Press::Compose& compose);

} // namespace relevo::outputs
