// SPDX-License-Identifier: LGPL-2.1-or-later
// What operations have in common: pages, answers, bodies.
#pragma once

#include "admin/operation.hpp"
#include "store/page.hpp"

namespace relevo::admin {

inline constexpr unsigned kCreated = 201;
inline constexpr std::int64_t kMostOfPage = 1000;

[[nodiscard]] net::Response answer(const Json& json, unsigned status = 200);
[[nodiscard]] net::Response nothing(); // 204

/// The parameters of lists, behind those that are a list's own. `orders`: the names that it can be sorted by.
[[nodiscard]] std::vector<Parameter> page_parameters(const std::vector<std::string>& orders,
                                                     std::vector<Parameter> own = {});
/// Refuses what is out of bounds.
[[nodiscard]] store::Page read_page(const net::Request& request, const std::vector<std::string>& orders);

struct TimeWindow {
  model::Time from{};
  model::Time until{};
};
/// "from" and "until": seconds since 1970, at most 31 days.
[[nodiscard]] std::vector<Parameter> window_parameters(std::vector<Parameter> own = {});
/// Without them: the day that comes. Refuses what is out of bounds.
[[nodiscard]] TimeWindow read_window(const Call& call);

[[nodiscard]] std::optional<bool> read_flag(const net::Request& request, std::string_view name);
template <class I>
[[nodiscard]] std::optional<I> read_id(const net::Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (!text) return std::nullopt;
  const auto value = parse_number<std::int64_t>(*text);
  if (!value) refuse_invalid("must be a number", std::string(name));
  return I{*value};
}

template <class T>
[[nodiscard]] Json write_slice(const store::Slice<T>& slice) {
  return {{"items", write(slice.items)}, {"total", slice.total}};
}
[[nodiscard]] Json slice_schema(const Json& item);
[[nodiscard]] Json list_schema(const Json& item);

/// Refuses what does not fit, and says which member that is.
template <class T>
void apply(T& object, const Json& json) {
  if (const auto misfit = take_over(object, json))
    refuse_invalid(Flaw::Unfit, misfit->message, misfit->member);
}

} // namespace relevo::admin
