// SPDX-License-Identifier: LGPL-2.1-or-later
// HTTP/1.1 messages as far as a provider needs them: the head of a request, and simple responses.
#pragma once

#include "base/result.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::provider {

struct Request {
  std::string method;
  std::vector<std::string> path;                          // decoded segments: {"hls", "news", "1.ts"}
  std::vector<std::pair<std::string, std::string>> query; // decoded, in their order
  std::map<std::string, std::string> headers;             // names in lower case
  bool keep_alive = true;

  [[nodiscard]] bool is_head() const { return method == "HEAD"; }
  /// The last value of this name; empty when there is none.
  [[nodiscard]] std::string_view get(std::string_view name) const;
  [[nodiscard]] std::vector<std::string_view> get_all(std::string_view name) const;
  /// Value of a query parameter as a number of sane size, or `otherwise` when it is missing or is none.
  [[nodiscard]] double number(std::string_view name, double otherwise) const;
  [[nodiscard]] std::string_view header(const std::string& name) const;
  /// The query again ("" or "?…"), without the parameters of this name.
  [[nodiscard]] std::string query_without(std::string_view name) const;
};

/// `head` ends before the empty line. The error's message is fit for a client.
[[nodiscard]] Result<Request> parse_request(std::string_view head);

/// Adds the fields of a form (application/x-www-form-urlencoded) to the query.
void add_form(std::string_view form, Request& request);

struct Response {
  int status = 200;
  std::string type = "text/plain";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

/// One line.
[[nodiscard]] Response text_response(int status, std::string_view line);
[[nodiscard]] Response json_response(std::string body);

[[nodiscard]] std::string_view reason_of(int status);
[[nodiscard]] std::string write_head(const Response& response, bool keep_alive);
/// The response to a request with a Range header: 206 or 416; as it is without one, or with one that is not
/// understood.
[[nodiscard]] Response apply_range(Response response, std::string_view range);

/// "bytes=FIRST-LAST" as offsets, LAST empty when it is open. Other forms are not understood.
[[nodiscard]] std::optional<std::pair<std::size_t, std::optional<std::size_t>>>
parse_range(std::string_view range);

[[nodiscard]] std::string percent_encode(std::string_view text);
/// As a JSON string, with its quotes.
[[nodiscard]] std::string json_string(std::string_view text);

} // namespace relevo::provider
