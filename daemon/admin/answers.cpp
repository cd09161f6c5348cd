// SPDX-License-Identifier: LGPL-2.1-or-later
#include "answers.hpp"

namespace relevo::admin {

namespace {

std::optional<model::Time> read_time(const net::Request& request, std::string_view name) {
  constexpr std::int64_t kLast = 253'402'300'799; // of the year 9999
  const auto text = request.query_value(name);
  if (!text) return std::nullopt;
  const auto value = parse_number<std::int64_t>(*text);
  if (!value || *value < 0 || *value > kLast) refuse_invalid("must be seconds since 1970", std::string(name));
  return model::Time(std::chrono::seconds(*value));
}

} // namespace

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
  if (!orders.empty())
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

std::vector<Parameter> window_parameters(std::vector<Parameter> own) {
  const Json whole = {{"type", "integer"}};
  own.push_back({"from", "a time; now", whole});
  own.push_back({"until", "a time; a day behind from", whole});
  return own;
}

TimeWindow read_window(const Call& call) {
  constexpr auto kMost = std::chrono::days(31);
  const auto from = read_time(call.request, "from").value_or(call.now);
  const auto until = read_time(call.request, "until").value_or(from + std::chrono::days(1));
  if (until - from > kMost) refuse_invalid("is more than 31 days behind from", "until");
  return {from, until};
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
