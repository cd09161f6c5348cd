// SPDX-License-Identifier: LGPL-2.1-or-later
// What a client gets, as a value; and the one form of all errors.
#pragma once

#include "gx/descriptor.hpp"
#include "gx/ref.hpp"
#include "net/request.hpp"

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::net {

class Growth;

/// A file that is read while it is sent, so that it may be of any size.
struct FileBody {
  gx::Descriptor file; // where it stands is the first byte
  std::uint64_t size;  // a file that turns out shorter ends the connection early, so that the client notices
  std::shared_ptr<Growth> growth = {}; // somebody still writes it, and this tells its size
};

/// Bytes that many answers share, one block behind the other.
using Blocks = std::vector<gx::Ref<GBytes>>;

struct Response {
  unsigned status = 200;
  std::string body = {};
  std::string content_type = "application/json";
  Fields headers = {};               // beside those that the server writes; values are one line
  std::string etag = {};             // what identifies this state of the thing, unquoted; "": nothing does
  std::optional<FileBody> file = {}; // is sent in place of `body`
  Blocks blocks = {};                // likewise, without a copy; a client may ask for a range of them
  std::shared_ptr<void> held = {};   // let go, in the main thread, when all is sent or the client has gone
};

/// Text that is no UTF-8 is mended, not refused.
[[nodiscard]] Response json_response(const nlohmann::json& value, unsigned status = 200);

/// {"error":{"code":"not-found","message":"…","where":"…"}}. `code` is for programs and stays as it is,
/// `message` is for people, `where` points into what was sent ("name", "filters[2].regex") and is left out
/// when empty.
[[nodiscard]] Response error_response(unsigned status, std::string_view code, std::string_view message,
                                      std::string_view where = {});

} // namespace relevo::net
