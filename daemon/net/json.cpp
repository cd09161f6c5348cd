// SPDX-License-Identifier: LGPL-2.1-or-later
// JSON in and out, and the form of errors.
#include "net/json.hpp"

#include "base/text.hpp"

#include <nlohmann/json.hpp>

namespace relevo::net {
namespace {

using Json = nlohmann::json;

constexpr int kDeepest = 64;

/// The byte at which a text goes deeper than we follow; npos where it never does.
std::size_t find_too_deep(std::string_view text) noexcept {
  int depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') in_string = !in_string;
    if (in_string) {
      if (c == '\\') ++at;
    } else if (c == '[' || c == '{') {
      if (++depth > kDeepest) return at;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return std::string_view::npos;
}

} // namespace

Result<Json> parse_json(std::string_view text) {
  if (const auto at = find_too_deep(text); at != std::string_view::npos)
    return fail(concat("this JSON has more than ", kDeepest, " levels"), at);
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    const std::size_t at = error.byte > 0 ? error.byte - 1 : 0; // it counts from 1
    return fail(concat("this is no JSON: it breaks at byte ", at), at);
  } catch (const Json::out_of_range&) {
    return fail("this JSON holds a number that is too large");
  }
}

Response json_response(const Json& value, unsigned status) {
  return {status, value.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

Response error_response(unsigned status, std::string_view code, std::string_view message,
                        std::string_view where) {
  return error_response(status, code, message, where, Json::object());
}

Response error_response(unsigned status, std::string_view code, std::string_view message,
                        std::string_view where, Json more) {
  more["code"] = code;
  more["message"] = message;
  if (!where.empty()) more["where"] = where;
  return json_response({{"error", std::move(more)}}, status);
}

} // namespace relevo::net
