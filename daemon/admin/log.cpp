// SPDX-License-Identifier: LGPL-2.1-or-later
// Recent lines of the log, and its level.
#include "admin/log.hpp"

#include "admin/operation.hpp"
#include "admin/ranks.hpp"
#include "answers.hpp"
#include "net/json.hpp"

namespace relevo::admin {
namespace {

using logging::LogBook;
using net::Method;
using net::Request;
using net::Response;

constexpr std::size_t kUsual = 100;

LogLevel parse_level(std::string_view name) {
  const auto level = find_log_level(name);
  if (!level) refuse_invalid("must be error, warning, info or debug", "level");
  return *level;
}

std::size_t read_limit(const Request& request) {
  const auto text = request.query_value("limit");
  if (!text) return kUsual;
  const auto limit = parse_number<std::size_t>(*text);
  if (!limit || *limit > LogBook::kKept)
    refuse_invalid(concat("must be a number up to ", LogBook::kKept), "limit");
  return *limit;
}

/// Of the newest line that the client has; 0: none.
std::uint64_t read_after(const Request& request) {
  const auto text = request.query_value("after");
  if (!text) return 0;
  const auto number = parse_number<std::uint64_t>(*text);
  if (!number) refuse_invalid("must be the number of a line", "after");
  return *number;
}

Response list(LogBook& book, const Request& request) {
  const auto level = parse_level(request.query_value("level").value_or("debug"));
  const auto after = read_after(request);
  Json lines = Json::array();
  for (const auto& line : book.recent(level, read_limit(request))) {
    if (line.number <= after) break;
    lines.push_back({{"number", line.number},
                     {"at_ms", line.at.time_since_epoch().count()},
                     {"level", name_of(line.level)},
                     {"text", line.text}});
  }
  return answer({{"items", std::move(lines)}});
}

Response tell_level(const LogBook& book) {
  return answer({{"level", name_of(book.level())}});
}

Response set_level(LogBook& book, const Request& request) {
  const auto body = net::parse_json(request.body);
  if (!body || !body->is_object() || body->size() != 1 || !body->contains("level") ||
      !body->at("level").is_string())
    refuse_invalid(R"(is needed, and nothing else: {"level": "debug"})", "level");
  book.set_level(parse_level(body->at("level").get<std::string>()));
  return tell_level(book);
}

/// What refuses answers by that.
template <class F>
net::Answer guarded(F work) {
  return [work = std::move(work)](const Request& request) -> Response {
    try {
      return work(request);
    } catch (const Refusal& refusal) {
      return refusal.response();
    }
  };
}

} // namespace

Json log_line_schema() {
  const Json number = {{"type", "integer"}}, text = {{"type", "string"}};
  return {{"type", "object"},
          {"properties", {{"number", number}, {"at_ms", number}, {"level", text}, {"text", text}}}};
}

void serve_log(net::Server& server, LogBook& book) {
  constexpr const char *kLines = "/api/v1/log", *kLevel = "/api/v1/log/level";
  server.serve({Method::Get, kLines, "recent lines of the log, the newest first",
                guarded([&book](const Request& request) { return list(book, request); }),
                access_for(Method::Get, kLines)});
  server.serve({Method::Get, kLevel, "which lines are written",
                guarded([&book](const Request&) { return tell_level(book); }),
                access_for(Method::Get, kLevel)});
  server.serve({Method::Put, kLevel, "from now on lines of that level are written, and graver ones",
                guarded([&book](const Request& request) { return set_level(book, request); }),
                access_for(Method::Put, kLevel), net::json_body()});
}

} // namespace relevo::admin
