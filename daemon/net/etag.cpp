// SPDX-License-Identifier: LGPL-2.1-or-later
// RFC 9110, 13.1.2: the weak comparison, in a list or *.
#include "net/etag.hpp"

#include "base/text.hpp"

#include <libsoup/soup.h>

namespace relevo::net {

bool knows_etag(const std::string& if_none_match, std::string_view etag) {
  GSList* list = soup_header_parse_list(if_none_match.c_str());
  bool knows = false;
  for (const GSList* item = list; item; item = item->next) {
    std::string_view tag = static_cast<const char*>(item->data);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    knows = knows || tag == "*" || tag == concat("\"", etag, "\"");
  }
  soup_header_free_list(list);
  return knows;
}

} // namespace relevo::net
