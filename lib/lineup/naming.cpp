// SPDX-License-Identifier: LGPL-2.1-or-later
#include "naming.hpp"

namespace relevo::lineup {

Name Naming::understand(const StreamFacts& stream) {
  auto name = lineup::understand(stream.name);
  if (name.country.empty()) name.country = country_of(stream);
  return name;
}

std::string Naming::country_of(const StreamFacts& stream) {
  for (const auto text : {stream.country, stream.group}) {
    if (text.empty()) continue;
    auto [found, added] = countries_.try_emplace(text);
    if (added) found->second = find_country(text);
    if (!found->second.empty()) return found->second;
  }
  return stream.tvg_id.find('.') == std::string_view::npos ? std::string()
                                                           : understand_id(stream.tvg_id).country;
}

} // namespace relevo::lineup
