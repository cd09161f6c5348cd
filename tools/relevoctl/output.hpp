// SPDX-License-Identifier: LGPL-2.1-or-later
// What people read: tables and lines on the standard output.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::ctl {

/// Cells in columns as wide as they need be; the last one is not filled up. A cell is one line, whatever it
/// holds.
class Table {
 public:
  explicit Table(std::vector<std::string> head) { add(std::move(head)); }

  void add(std::vector<std::string> row);
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// "300 listed, 12 added": those of the figures that are there and not 0.
[[nodiscard]] std::string write_figures(const nlohmann::json& report,
                                        std::initializer_list<const char*> names);

/// Throws tool::FileError or tool::OutputClosed.
void print(std::string_view text);

/// Local time, "2026-05-01 20:15"; "never" for 0.
[[nodiscard]] std::string write_time(std::int64_t seconds_since_1970);
/// The same with seconds.
[[nodiscard]] std::string write_moment(std::int64_t milliseconds_since_1970);

} // namespace relevo::ctl
