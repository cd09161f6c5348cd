// SPDX-License-Identifier: LGPL-2.1-or-later
// The name of a stream, with the country that only what stands around it tells.
#pragma once

#include "lineup/grouping.hpp"

#include <string>
#include <string_view>
#include <unordered_map>

namespace relevo::lineup {

/// Remembers what texts tell: what it is given must outlive it.
class Naming {
 public:
  [[nodiscard]] Name understand(const StreamFacts& stream);

 private:
  std::string country_of(const StreamFacts& stream);

  std::unordered_map<std::string_view, std::string> countries_;
};

} // namespace relevo::lineup
