// SPDX-License-Identifier: LGPL-2.1-or-later
// All that a reader of a panel's lists told.
#pragma once

#include "xtream/list_reader.hpp"

#include <string>
#include <utility>
#include <vector>

namespace relevo::xtream {

template <class Row>
struct ListCopy {
  std::vector<Row> rows;
  std::vector<Fault> faults;
  std::optional<Refusal> refusal;
  Counts counts; // where it was not refused
  bool wanted_more = true;

  [[nodiscard]] typename ListReader<Row>::Events listen() {
    return {.on_row = [this](const Row& row) { rows.push_back(row); },
            .on_fault = [this](const Fault& fault) { faults.push_back(fault); }};
  }
  void push(ListReader<Row>& reader, std::string_view text) {
    // A copy with an end of its own, so that reading past it is seen.
    const std::string block(text);
    wanted_more = reader.push(as_bytes(block));
  }
  void finish(ListReader<Row>& reader) {
    auto result = reader.finish();
    if (result)
      counts = *result;
    else
      refusal = std::move(result.error());
  }
  bool operator==(const ListCopy&) const = default;
};

/// Reads `text`, cut into blocks of `size` bytes.
template <class Row>
ListCopy<Row> read_list(std::string_view text, std::size_t size = std::string_view::npos) {
  ListCopy<Row> list;
  ListReader<Row> reader(list.listen());
  for (; !text.empty(); text.remove_prefix(std::min(size, text.size())))
    list.push(reader, text.substr(0, size));
  list.finish(reader);
  return list;
}

} // namespace relevo::xtream
