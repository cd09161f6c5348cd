// SPDX-License-Identifier: LGPL-2.1-or-later
// Names changed by a regular expression.
#pragma once

#include "gx/regex.hpp"
#include "policy/replacement.hpp"

#include <optional>
#include <string>

namespace relevo::catalog {

class Renaming {
 public:
  /// `search` "": everything keeps its name. An error says what is wrong with the pattern.
  [[nodiscard]] static Result<Renaming> compile(const std::string& search, const std::string& replacement);

  /// The name with every match replaced, trimmed; what would leave nothing leaves the name. An error says
  /// which pattern took too long.
  [[nodiscard]] Result<std::string> apply(const std::string& name) const;

 private:
  struct Compiled {
    std::string search;
    gx::Regex regex;
    policy::Replacement replacement;
  };
  std::optional<Compiled> compiled_;
};

} // namespace relevo::catalog
