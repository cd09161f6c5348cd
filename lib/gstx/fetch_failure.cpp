// SPDX-License-Identifier: LGPL-2.1-or-later
// Which failure of HTTP is which failure of a source.
#include "gstx/fetch_failure.hpp"

#include "base/text.hpp"
#include "uri/redact.hpp"

namespace relevo::gstx {
namespace {

using policy::Failure;

Failure kind_of(http::Failure failure) {
  switch (failure) {
  case http::Failure::Dns: return Failure::Dns;
  case http::Failure::Refused:
  case http::Failure::Disconnected: return Failure::Refused;
  case http::Failure::ConnectTimeout: return Failure::ConnectTimeout;
  case http::Failure::FirstByteTimeout: return Failure::FirstByteTimeout;
  case http::Failure::Stalled: return Failure::Stalled;
  case http::Failure::Truncated: return Failure::Truncated;
  default: return Failure::Other;
  }
}

} // namespace

SourceFailure failure_of(const http::FetchError& error, std::string_view what) {
  return {kind_of(error.kind), 0, concat(what, " failed: ", error.message), std::string(name_of(error.kind))};
}

SourceFailure status_failure(const http::Response& head) {
  const auto text = concat("The server answered ", head.status, " (", uri::redact_url(head.url), ")");
  return {Failure::Status, static_cast<int>(head.status), text, {}};
}

} // namespace relevo::gstx
