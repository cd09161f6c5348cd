// SPDX-License-Identifier: LGPL-2.1-or-later
// Performing and describing operations.
#include "admin/operation.hpp"

#include "admin/ranks.hpp"
#include "net/json.hpp"
#include "store/store.hpp"
#include "vocabulary.hpp"

namespace relevo::admin {
namespace {

using net::Response;

constexpr unsigned kBadRequest = 400, kNotFound = 404, kConflict = 409, kInternalError = 500,
                   kUnavailable = 503, kNoRoom = 507;

Json read_body(const Operation& operation, const net::Request& request) {
  if (operation.takes.is_null()) return {};
  auto body = net::parse_json(request.body);
  if (!body) refuse_invalid(concat("the body is no JSON: ", body.error().message));
  return *std::move(body);
}

void check_query(const Operation& operation, const net::Request& request) {
  for (const auto& [name, value] : request.query) {
    const auto same = [&wanted = name](const Parameter& parameter) { return parameter.name == wanted; };
    if (std::ranges::none_of(operation.parameters, same)) refuse_invalid("there is no such parameter", name);
  }
}

Response answer_to(const sqlite::Failure& failure, const Log& log) {
  switch (failure.problem()) {
  case sqlite::Problem::Constraint:
    return net::error_response(kConflict, "conflict",
                               "this contradicts what is there already (a name that is taken?)");
  case sqlite::Problem::Busy:
    return net::error_response(kUnavailable, "busy", "the database is busy; try again");
  case sqlite::Problem::Full: return net::error_response(kNoRoom, "no-room", "there is no room on the disk");
  case sqlite::Problem::Cancelled:
    return net::error_response(kUnavailable, "abandoned", "nobody waited for this any more");
  default: break;
  }
  log.write(LogLevel::Error, failure.what());
  return net::error_response(kInternalError, "database", "the database failed; the log tells how");
}

/// "/accounts/{id}/logins": the names in braces.
std::vector<std::string> names_in(std::string_view path) {
  std::vector<std::string> names;
  for (auto open = path.find('{'); open != std::string_view::npos; open = path.find('{', open + 1))
    names.emplace_back(path.substr(open + 1, path.find('}', open) - open - 1));
  return names;
}

Json describe_parameters(const Operation& operation) {
  Json parameters = Json::array();
  for (const auto& name : names_in(operation.path))
    parameters.push_back(
        {{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
  for (const auto& [name, summary, schema] : operation.parameters)
    parameters.push_back({{"name", name}, {"in", "query"}, {"description", summary}, {"schema", schema}});
  return parameters;
}

Json in_json(const Json& schema) {
  return {{"application/json", {{"schema", schema}}}};
}

Json describe(const Operation& operation) {
  Json described = {{"summary", operation.summary},
                    {"parameters", describe_parameters(operation)},
                    {"x-access", name_of(access_for(operation.method, operation.path))}};
  if (!operation.takes.is_null())
    described["requestBody"] = {{"required", true}, {"content", in_json(operation.takes)}};
  Json good = {{"description", "done"}};
  if (!operation.gives.is_null()) good["content"] = in_json(operation.gives);
  described["responses"] = {
      {"2XX", good},
      {"default",
       {{"description", "not done"}, {"content", in_json({{"$ref", "#/components/schemas/Error"}})}}}};
  return described;
}

std::string in_lower_case(std::string_view text) {
  std::string out;
  for (const char c : text)
    out += to_lower(c);
  return out;
}

} // namespace

void refuse_unknown(std::string_view what) {
  throw Refusal(kNotFound, "not-found", concat("there is no such ", what));
}

void refuse_invalid(const std::string& message, std::string where) {
  throw Refusal(kBadRequest, "invalid", message, std::move(where));
}

void refuse_invalid(Flaw flaw, const std::string& message, std::string where, Json figures) {
  throw Refusal(kBadRequest, "invalid", message, std::move(where), flaw, std::move(figures));
}

Response Refusal::response() const {
  Json more = Json::object();
  if (flaw_ != Flaw::None) more["flaw"] = name_of(flaw_);
  if (!figures_.is_null()) more["figures"] = figures_;
  return net::error_response(status_, code_, what(), where_, std::move(more));
}

std::string_view name_of(Flaw flaw) noexcept {
  switch (flaw) {
  case Flaw::None: break;
  case Flaw::Unfit: return "unfit";
  case Flaw::Needed: return "needed";
  case Flaw::Empty: return "empty";
  case Flaw::TooLong: return "too-long";
  case Flaw::TooShort: return "too-short";
  case Flaw::OutOfRange: return "out-of-range";
  case Flaw::NotThere: return "not-there";
  case Flaw::Twice: return "twice";
  case Flaw::Fixed: return "fixed";
  case Flaw::Masked: return "masked";
  case Flaw::Colon: return "colon";
  case Flaw::Pattern: return "pattern";
  case Flaw::TooSlow: return "too-slow";
  case Flaw::Schedule: return "schedule";
  case Flaw::Network: return "network";
  case Flaw::Mac: return "mac";
  case Flaw::Url: return "url";
  case Flaw::Path: return "path";
  case Flaw::Unreadable: return "unreadable";
  case Flaw::NoFile: return "no-file";
  case Flaw::Taken: return "taken";
  }
  return "";
}

Response perform(const Operation& operation, const net::Request& request, const std::string& file,
                 const gx::CancelToken& token, const Log& log) {
  try {
    check_query(operation, request);
    auto database = store::open_again(file);
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return operation.run({request, read_body(operation, request), database, token, now});
  } catch (const Refusal& refusal) {
    return refusal.response();
  } catch (const sqlite::Failure& failure) {
    return answer_to(failure, log);
  } catch (const std::exception& error) {
    log.write(LogLevel::Error, concat(name_of(operation.method), " ", operation.path, ": ", error.what()));
    return net::error_response(kInternalError, "internal", "this failed; the log tells why");
  }
}

Json describe(const Operations& operations, std::string_view version) {
  Json paths = Json::object();
  for (const auto& operation : operations)
    paths[operation.path][in_lower_case(name_of(operation.method))] = describe(operation);
  return {{"openapi", "3.0.3"},
          {"info", {{"title", "Relevo"}, {"version", version}}},
          {"paths", std::move(paths)},
          {"components", {{"schemas", describe_words()}}}};
}

} // namespace relevo::admin
