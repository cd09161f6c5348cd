// SPDX-License-Identifier: LGPL-2.1-or-later
// Api: the admin API of a running relevod, as calls that work or throw.
#pragma once

#include "http/client.hpp"

#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace relevo::ctl {

using Json = nlohmann::json;

/// What was asked for was not done; the text says why, for people.
struct Failed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Api {
 public:
  /// `url`: of the daemon. `key`: an API key; "": none is shown.
  Api(std::string url, std::string key);

  /// Paths begin behind "/api/v1". All throw Failed: with what the daemon says, or why it did not answer.
  [[nodiscard]] Json get(const std::string& path) { return call(http::Method::Get, path, nullptr); }
  Json post(const std::string& path, const Json& body) { return call(http::Method::Post, path, &body); }
  Json put(const std::string& path, const Json& body) { return call(http::Method::Put, path, &body); }
  Json patch(const std::string& path, const Json& body) { return call(http::Method::Patch, path, &body); }
  /// Puts bytes as they are.
  void upload(const std::string& path, std::string bytes);
  void remove(const std::string& path) { call(http::Method::Delete, path, nullptr); }

  /// A list of any length, page by page. `path` may end in a query.
  void each(const std::string& path, const std::function<void(const Json&)>& take);
  /// A body that is no JSON, as it comes.
  void download(const std::string& path, const std::function<void(Bytes)>& take);

 private:
  [[nodiscard]] http::Request request_to(http::Method method, const std::string& path) const;
  Json call(http::Method method, const std::string& path, const Json* body);
  Json send(const http::Request& request);

  std::string url_;
  std::string key_;
  http::Client client_;
};

/// As a part of a path or query.
[[nodiscard]] std::string percent_encode(std::string_view text);

} // namespace relevo::ctl
