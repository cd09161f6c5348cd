// SPDX-License-Identifier: LGPL-2.1-or-later
// The headers Authorization and Cookie of any text: what is found is text, and of the header. Input: the
// text.
#include "access/credentials.hpp"
#include "base/bytes.hpp"
#include "base/encoding.hpp"
#include "fuzz.hpp"

using namespace relevo;
using relevo::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text(std::as_bytes(std::span{data, size}));
  for (const auto& header : {std::string(text), "Basic " + std::string(text)})
    if (const auto basic = access::parse_basic(header)) {
      require(basic->name.find(':') == std::string::npos);
      require(is_utf8(basic->name) && is_utf8(basic->password));
      require(basic->name.size() + basic->password.size() < header.size());
    }
  const auto value = access::find_cookie(text, access::kSessionCookie);
  require(value.empty() ||
          (value.data() > text.data() && value.data() + value.size() <= text.data() + text.size()));
  require(value.find(';') == value.npos);
  return 0;
}
