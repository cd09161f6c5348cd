// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/own_host.hpp"

#include "base/text.hpp"
#include "xtream/panel.hpp"

namespace relevo::sources {

std::string own_url_of(const model::Account& account) {
  const auto& location = account.location;
  if (account.kind == model::AccountKind::Xtream) {
    const auto pasted = xtream::parse_panel(location);
    return pasted ? pasted->panel.base : "";
  }
  const bool is_file = location.find("://") == std::string::npos || starts_with_nocase(location, "file:");
  return is_file ? "" : location;
}

std::optional<std::string> own_host_of(const model::Account& account) {
  const auto url = own_url_of(account);
  const bool is_list =
      account.kind == model::AccountKind::M3u || account.kind == model::AccountKind::Database;
  if (url.empty() && is_list) return std::nullopt;
  return std::string(ip::host_of(url));
}

ip::Reach reach_from(const std::optional<std::string>& own_host, ip::Reach rules) {
  rules.own_host = own_host.value_or("");
  if (!own_host && rules.allow_private == ip::AllowPrivate::Own)
    rules.allow_private = ip::AllowPrivate::Always;
  return rules;
}

} // namespace relevo::sources
