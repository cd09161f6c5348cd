// SPDX-License-Identifier: LGPL-2.1-or-later
// Paths, queries, forms and JSON of any text: what is decoded comes back from its encoded form, and an error
// is inside the text. Input: the text.
#include "base/encoding.hpp"
#include "fuzz.hpp"
#include "net/form.hpp"
#include "net/json.hpp"
#include "net/url.hpp"

#include <nlohmann/json.hpp>
#include <string>

using namespace relevo;
using namespace relevo::net;
using relevo::fuzz::require;

namespace {

std::string encode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', kDigits[byte >> 4], kDigits[byte & 0xf]};
  }
  return out;
}

std::string write_query(const Fields& fields) {
  std::string query;
  for (const auto& [name, value] : fields)
    query += encode(name) + "=" + encode(value) + "&";
  return query;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text(std::as_bytes(std::span{data, size}));
  const auto decoded = percent_decode(text);
  if (decoded)
    require(percent_decode(encode(*decoded)) == *decoded);
  else
    require(decoded.error().offset < text.size());

  if (const auto query = parse_query(text)) require(parse_query(write_query(*query)) == *query);
  if (const auto path = parse_path("/" + std::string(text))) {
    std::string written;
    for (const auto& segment : *path)
      written += "/" + encode(segment);
    require(parse_path(written) == *path);
  }

  for (const char* type : {"application/x-www-form-urlencoded", "application/json"})
    if (const auto form = parse_form(type, text))
      for (const auto& [name, value] : *form)
        require(is_utf8(name + value) && (name + value).find('\0') == std::string::npos);

  const auto json = parse_json(text);
  if (json)
    require(parse_json(json->dump()) == *json);
  else
    require(json.error().offset <= text.size());
  return 0;
}
