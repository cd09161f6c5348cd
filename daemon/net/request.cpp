// SPDX-License-Identifier: LGPL-2.1-or-later
// Finding things in a request.
#include "net/request.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cassert>

namespace relevo::net {
namespace {

Fields::const_iterator find_field(const Fields& fields, std::string_view name) noexcept {
  return std::ranges::find(fields, name, &Fields::value_type::first);
}

} // namespace

std::string_view name_of(Method method) noexcept {
  switch (method) {
  case Method::Get: return "GET";
  case Method::Post: return "POST";
  case Method::Put: return "PUT";
  case Method::Patch: return "PATCH";
  case Method::Delete: return "DELETE";
  }
  return "";
}

std::optional<Method> find_method(std::string_view name) noexcept {
  if (name == "HEAD") return Method::Get;
  for (const auto method : {Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete})
    if (name_of(method) == name) return method;
  return std::nullopt;
}

const std::string& Request::parameter(std::string_view name) const {
  const auto found = find_field(parameters, name);
  assert(found != parameters.end());
  return found->second;
}

std::optional<std::string_view> Request::query_value(std::string_view name) const noexcept {
  const auto found = find_field(query, name);
  if (found == query.end()) return std::nullopt;
  return found->second;
}

std::vector<std::string_view> Request::query_values(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [key, value] : query)
    if (key == name) values.emplace_back(value);
  return values;
}

std::string_view Request::header(std::string_view name) const noexcept {
  for (const auto& [key, value] : headers)
    if (equal_nocase(key, name)) return value;
  return {};
}

} // namespace relevo::net
