// SPDX-License-Identifier: LGPL-2.1-or-later
// The filters of an account at work.
#pragma once

#include "base/result.hpp"
#include "gx/regex.hpp"
#include "model/stream.hpp"

#include <vector>

namespace relevo::catalog {

class Sieve {
 public:
  /// An error names the filter whose pattern is wrong, here and below; Error::offset is its place in the
  /// list.
  [[nodiscard]] static Result<Sieve> compile(const std::vector<model::Filter>& filters);

  /// The first filter that matches decides; what none matches is kept. An error says which pattern took too
  /// long.
  [[nodiscard]] Result<bool> keeps(const model::Found& found) const;

 private:
  struct Compiled {
    model::Filter filter;
    gx::Regex regex;
  };
  std::vector<Compiled> filters_;
};

} // namespace relevo::catalog
