// SPDX-License-Identifier: LGPL-2.1-or-later
#include "like.hpp"

namespace relevo::store {

std::string like_pattern(std::string_view text) {
  std::string out = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') out += '\\';
    out += c;
  }
  return out + '%';
}

} // namespace relevo::store
