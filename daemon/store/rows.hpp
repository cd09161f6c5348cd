// SPDX-License-Identifier: LGPL-2.1-or-later
// How values of the model become columns.
#pragma once

#include "model/names.hpp"
#include "store/accounts.hpp"

#include <nlohmann/json.hpp>

namespace relevo::store {

using Json = nlohmann::json;

inline std::int64_t to_column(model::Time time) {
  return time.time_since_epoch().count();
}
inline std::optional<std::int64_t> to_column(const std::optional<model::Time>& time) {
  return time ? std::optional(to_column(*time)) : std::nullopt;
}
inline std::optional<model::Time> to_time(const std::optional<std::int64_t>& seconds) {
  return seconds ? std::optional(model::Time(std::chrono::seconds(*seconds))) : std::nullopt;
}

/// A list of kinds as JSON, by their names. What has no name any more is left out.
template <class E>
[[nodiscard]] std::string write_names(const std::vector<E>& values) {
  Json json = Json::array();
  for (const E value : values)
    json.push_back(model::name_of(value));
  return json.dump();
}
template <class E>
[[nodiscard]] std::vector<E> read_names(const std::string& text) {
  std::vector<E> values;
  for (const auto& name : Json::parse(text))
    if (const auto value = model::find<E>(name.get<std::string>())) values.push_back(*value);
  return values;
}

inline constexpr std::string_view kStateColumns =
    "state, message, counts, tried_at, refreshed_at, validator, failures";
[[nodiscard]] RefreshState read_state(const sqlite::Statement& row);
/// With places for the columns of a state and for an id.
void run_state(sqlite::Statement& statement, const RefreshState& state, std::int64_t id);

[[nodiscard]] std::string write_headers(const std::vector<model::Header>& headers);
[[nodiscard]] std::vector<model::Header> read_headers(const std::string& text);

} // namespace relevo::store
