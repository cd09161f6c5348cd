// SPDX-License-Identifier: LGPL-2.1-or-later
// Look-up in headers.
#include "http/message.hpp"

#include <algorithm>
#include <glib.h>

namespace relevo::http {

std::optional<std::string_view> find_header(const Headers& headers, std::string_view name) {
  const auto same = [name](const Header& h) {
    return h.name.size() == name.size() && g_ascii_strncasecmp(h.name.data(), name.data(), name.size()) == 0;
  };
  const auto found = std::find_if(headers.begin(), headers.end(), same);
  if (found == headers.end()) return std::nullopt;
  return found->value;
}

} // namespace relevo::http
