// SPDX-License-Identifier: LGPL-2.1-or-later
// Forms as players send them.
#include "net/form.hpp"

#include "base/text.hpp"
#include "net/json.hpp"
#include "net/url.hpp"

#include <nlohmann/json.hpp>

namespace relevo::net {
namespace {

Result<Fields> parse_object(std::string_view body) {
  const auto value = parse_json(body);
  if (!value) return tl::unexpected(value.error());
  if (!value->is_object()) return fail("the fields must be members of an object");
  Fields fields;
  for (const auto& [name, member] : value->items()) {
    if (const auto* text = member.get_ptr<const std::string*>())
      fields.emplace_back(name, *text);
    else if (member.is_number() || member.is_boolean())
      fields.emplace_back(name, member.dump());
    else
      continue;
    if (concat(name, fields.back().second).find('\0') != std::string::npos)
      return fail("there is a zero byte in a field");
  }
  return fields;
}

} // namespace

Result<Fields> parse_form(std::string_view content_type, std::string_view body) {
  const auto type = trim(content_type.substr(0, content_type.find(';')));
  if (equal_nocase(type, "application/x-www-form-urlencoded")) return parse_query(trim(body));
  if (equal_nocase(type, "application/json") && !trim(body).empty()) return parse_object(body);
  return Fields();
}

} // namespace relevo::net
