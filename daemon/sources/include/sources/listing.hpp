// SPDX-License-Identifier: LGPL-2.1-or-later
// A provider's list, on our disk, to be read as often as needed.
#pragma once

#include "base/result.hpp"
#include "gx/cancel.hpp"
#include "model/stream.hpp"

#include <functional>
#include <string>

namespace relevo::sources {

/// What cost an entry. The message is redacted.
struct Fault {
  std::size_t where = 0; // line, or place in its list
  std::string message;
};

/// Called in the order of the list; what the views show is only there during the call.
struct Sink {
  std::function<void(const model::Found&)> on_found{};
  std::function<void(const Fault&)> on_fault{};
  std::function<void()> on_cut{}; // at the end, where that is inside an entry
};

class Listing {
 public:
  Listing() = default;
  Listing(const Listing&) = delete;
  Listing& operator=(const Listing&) = delete;
  virtual ~Listing() = default;

  /// From its beginning; the same every time. An error says why it is no list, or that it was cancelled.
  [[nodiscard]] virtual Result<void> read(const Sink& sink, const gx::CancelToken& token) const = 0;
};

} // namespace relevo::sources
