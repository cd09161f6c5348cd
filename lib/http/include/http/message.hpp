// SPDX-License-Identifier: LGPL-2.1-or-later
// What is asked of a web server, and what it answered, as plain values.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::http {

enum class Method { Get, Head, Post, Put, Patch, Delete };

/// Whether a request of this kind carries a body.
[[nodiscard]] constexpr bool has_body(Method method) noexcept {
  return method == Method::Post || method == Method::Put || method == Method::Patch;
}

struct Header {
  std::string name;
  std::string value;
};
using Headers = std::vector<Header>;

/// The first header of that name; upper and lower case are the same.
[[nodiscard]] std::optional<std::string_view> find_header(const Headers& headers, std::string_view name);

/// How long each stage may take. All of them always hold, for every hop of a redirect chain; `total` spans
/// the chain.
struct Deadlines {
  std::chrono::milliseconds connect{4000}; // name, connection, proxy and TLS
  std::chrono::milliseconds first_byte{
      5000};                            // from the sending of the request to the end of the answer's headers
  std::chrono::milliseconds silence{0}; // of the body, until its next byte; zero: any
  std::chrono::milliseconds total{30000}; // everything, with the last byte of the body; zero: any
};

struct Request {
  std::string url; // http or https; user and password in it are sent as Basic credentials
  Method method = Method::Get;
  std::string user_agent{}; // "" sends none
  Headers headers{};
  std::string body{};                                 // of methods that have one
  std::size_t max_body_bytes = std::size_t{16} << 20; // counted after decompression
  unsigned max_redirects = 10;                        // 0: a redirect is an answer like any other
  Deadlines deadlines{};
};

/// An answer that sent us elsewhere. The URL is as it was used, with its secrets.
struct Hop {
  std::string url;
  unsigned status = 0;
};

struct Response {
  unsigned status = 0;
  std::string url; // that answered, after redirects, with its secrets
  Headers headers;
  std::vector<Hop> hops; // the redirects that led to `url`, in order
  std::string body;      // decompressed
};

} // namespace relevo::http
