// SPDX-License-Identifier: LGPL-2.1-or-later
#include "answers.hpp"

namespace relevo::admin {

net::Response answer(const Json& json, unsigned status) {
  return net::json_response(json, status);
}

net::Response nothing() {
  net::Response response;
  response.status = 204;
  return response;
}

std::vector<Parameter> page_parameters(const std::vector<std::string>& orders, std::vector<Parameter> own) {
  const Json whole = {{"type", "integer"}, {"minimum", 0}};
  own.push_back(
      {"sort", "order of the list; with a - in front, backwards", {{"type", "string"}, {"enum", orders}}});
  own.push_back({"limit", "how many at most; 1000 is the most", whole});
  own.push_back({"offset", "how many are left out at the start", whole});
  return own;
}

store::Page read_page(const net::Request& request, const std::vector<std::string>& orders) {
  store::Page page;
  auto sort = request.query_value("sort").value_or("");
  if (sort.starts_with('-')) {
    page.descending = true;
    sort.remove_prefix(1);
  }
  if (!sort.empty() && std::ranges::find(orders, sort) == orders.end())
    refuse_invalid("there is no such order", "sort");
  page.sort = sort;
  if (const auto text = request.query_value("limit")) {
    const auto limit = parse_number<std::int64_t>(*text);
    if (!limit || *limit < 0 || *limit > kMostOfPage) refuse_invalid("must be a number up to 1000", "limit");
    page.limit = *limit;
  }
  if (const auto text = request.query_value("offset")) {
    const auto offset = parse_number<std::int64_t>(*text);
    if (!offset || *offset < 0) refuse_invalid("must be a number, and not below 0", "offset");
    page.offset = *offset;
  }
  return page;
}

std::optional<bool> read_flag(const net::Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (!text) return std::nullopt;
  if (*text != "true" && *text != "false") refuse_invalid("must be true or false", std::string(name));
  return *text == "true";
}

Json slice_schema(const Json& item) {
  return {{"type", "object"},
          {"properties", {{"items", list_schema(item)}, {"total", {{"type", "integer"}}}}}};
}

Json list_schema(const Json& item) {
  return {{"type", "array"}, {"items", item}};
}

} // namespace relevo::admin
