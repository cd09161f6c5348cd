// SPDX-License-Identifier: LGPL-2.1-or-later
// Lists of headers as JSON: an array of pairs, for their order counts.
#include "rows.hpp"

namespace relevo::store {

std::string write_headers(const std::vector<model::Header>& headers) {
  Json json = Json::array();
  for (const auto& header : headers)
    json.push_back({header.name, header.value});
  return json.dump();
}

std::vector<model::Header> read_headers(const std::string& text) {
  std::vector<model::Header> headers;
  for (const auto& pair : Json::parse(text))
    headers.push_back({pair.at(0).get<std::string>(), pair.at(1).get<std::string>()});
  return headers;
}

} // namespace relevo::store
