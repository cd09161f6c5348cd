// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lookup.hpp"

#include "base/text.hpp"

namespace relevo::ctl {

std::string find(Api& api, const Kind& kind, const std::string& name) {
  for (const auto& one : api.get(std::string(kind.path)))
    if (one.at("name") == name) return concat(kind.path, "/", one.at("id").get<std::int64_t>());
  throw Failed(concat("there is no ", kind.name, " ", quote(name)));
}

} // namespace relevo::ctl
