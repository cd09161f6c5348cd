// SPDX-License-Identifier: LGPL-2.1-or-later
// What a client asks, as a value.
#pragma once

#include "gx/descriptor.hpp"
#include "net/asker.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::net {

enum class Method : std::uint8_t { Get, Post, Put, Patch, Delete };

[[nodiscard]] std::string_view name_of(Method method) noexcept; // "GET"
/// HEAD asks what GET asks. Empty for methods that no route can have.
[[nodiscard]] std::optional<Method> find_method(std::string_view name) noexcept;

/// Names and values in the order in which they came; a name may come again.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// Belongs to its handler, which may take it to another thread. All texts but the body's and the headers' are
/// valid UTF-8 without a zero byte.
struct Request {
  Method method = Method::Get;
  bool head_only = false;   // HEAD: nothing but the head of the answer will be sent
  std::string path = {};    // as it was sent, still percent-encoded, with *** for a login in it
  std::string below = {};   // what of it was not sent: the path to which its listener leads; "": none
  Fields parameters = {};   // of the pattern, decoded
  Fields query = {};        // decoded; then what a form says
  Fields headers = {};      // as they were sent
  std::string peer = {};    // the client's numeric address, or whom a trusted proxy names
  bool secure = false;      // it came by TLS
  bool veiled = false;      // a proxy that is not trusted asks for somebody else, and is `peer` itself
  Asker asker = {};         // as the server's guard says
  std::string body = {};    // of routes that keep it in memory
  gx::Descriptor file = {}; // of routes that want a file: unnamed, open for both, at its start

  /// One that the route's pattern names.
  [[nodiscard]] const std::string& parameter(std::string_view name) const;
  [[nodiscard]] std::optional<std::string_view>
  query_value(std::string_view name) const noexcept; // the first
  [[nodiscard]] std::vector<std::string_view> query_values(std::string_view name) const;
  /// Upper and lower case are the same; "" where it was not sent.
  [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
};

} // namespace relevo::net
