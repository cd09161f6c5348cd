// SPDX-License-Identifier: LGPL-2.1-or-later
#include "output.hpp"

#include "base/bytes.hpp"
#include "base/text.hpp"
#include "file.hpp"

#include <algorithm>
#include <array>
#include <ctime>

namespace relevo::ctl {
namespace {

/// Characters of UTF-8.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string write_local(std::int64_t seconds_since_1970, const char* format) {
  const auto time = static_cast<std::time_t>(seconds_since_1970);
  std::tm parts{};
  ::localtime_r(&time, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), format, &parts)};
}

} // namespace

void Table::add(std::vector<std::string> row) {
  for (auto& cell : row)
    std::ranges::replace_if(
        cell, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, ' ');
  rows_.push_back(std::move(row));
}

std::string Table::text() const {
  std::vector<std::size_t> widths(rows_.front().size());
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], width_of(row[i]));
  std::string out;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      line.append(widths[i] - width_of(row[i]) + 2, ' ');
    }
    out += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
  }
  return out;
}

std::string write_figures(const nlohmann::json& report, std::initializer_list<const char*> names) {
  std::string out;
  for (const char* name : names) {
    const auto found = report.find(name);
    if (found == report.end() || *found == 0) continue;
    out += concat(out.empty() ? "" : ", ", found->get<std::int64_t>(), " ", name);
  }
  return out;
}

void print(std::string_view text) {
  tool::OutputFile("-").write(as_bytes(text));
}

std::string write_time(std::int64_t seconds_since_1970) {
  if (seconds_since_1970 == 0) return "never";
  return write_local(seconds_since_1970, "%Y-%m-%d %H:%M");
}

std::string write_moment(std::int64_t milliseconds_since_1970) {
  return write_local(milliseconds_since_1970 / 1000, "%Y-%m-%d %H:%M:%S");
}

} // namespace relevo::ctl
