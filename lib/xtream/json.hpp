// SPDX-License-Identifier: LGPL-2.1-or-later
// Members of small JSON objects as values.
#pragma once

#include "values.hpp"

#include <limits>
#include <nlohmann/json.hpp>

namespace relevo::xtream {

using Json = nlohmann::json;

/// Null where it is missing, or `object` is none.
[[nodiscard]] inline const Json* find(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

/// The view in it is one of `json`'s.
[[nodiscard]] inline Value value_of(const Json& json) {
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number_float()) return json.get<double>();
  if (json.is_number_unsigned() && json.get<std::uint64_t>() > kMost) return {};
  if (json.is_number()) return json.get<std::int64_t>();
  if (const auto* text = json.get_ptr<const std::string*>()) return std::string_view(*text);
  return {};
}

[[nodiscard]] inline Value member(const Json& object, const char* name) {
  const Json* found = find(object, name);
  return found ? value_of(*found) : Value{};
}

[[nodiscard]] inline std::string text_member(const Json& object, const char* name) {
  std::string out;
  to_text(member(object, name), out);
  return out;
}

} // namespace relevo::xtream
