// SPDX-License-Identifier: LGPL-2.1-or-later
// Lists of thousands, seen a page at a time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace relevo::store {

struct Page {
  std::string sort{}; // one of the names that the list knows; "": its own order
  bool descending = false;
  std::int64_t limit = 100;
  std::int64_t offset = 0;
};

template <class T>
struct Slice {
  std::vector<T> items;
  std::int64_t total = 0; // of all pages
};

} // namespace relevo::store
