// SPDX-License-Identifier: LGPL-2.1-or-later
// Entries in the form that most players understand.
#include "m3u/write.hpp"

#include "base/encoding.hpp"


#include <algorithm>

namespace relevo::m3u {
namespace {

void write_attributes(std::string& out, const Attributes& attributes) {
  for (const auto& [name, value] : attributes) {
    ((out += ' ') += name) += "=\"";
    const auto begin = out.size();
    append_clean(out, value);
    std::replace(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), '"', '\'');
    out += '"';
  }
}

void write_duration(std::string& out, const Entry& entry) {
  if (!entry.duration) {
    out += "-1";
    return;
  }
  const auto milliseconds = entry.duration->count();
  out += std::to_string(milliseconds / 1000);
  if (milliseconds % 1000 == 0) return;
  auto fraction = std::to_string(1000 + milliseconds % 1000); // "1" and three digits
  fraction.erase(fraction.find_last_not_of('0') + 1);
  (out += '.') += fraction.substr(1);
}

void write_coded(std::string& out, std::string_view value) {
  constexpr std::string_view kDigits = "0123456789ABCDEF", kAsTheyAre = "-._~:/?,;()@!*";
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || kAsTheyAre.find(c) != std::string_view::npos)
      out += c;
    else
      ((out += '%') += kDigits[byte >> 4]) += kDigits[byte & 15];
  }
}

void write_address(std::string& out, const Address& address) {
  append_clean(out, address.url);
  char separator = '|';
  for (const auto& [name, value] : address.headers) {
    ((out += separator) += name) += '=';
    write_coded(out, value);
    separator = '&';
  }
  out += '\n';
}

} // namespace

void write_head(std::string& out, const Head& head) {
  out += "#EXTM3U";
  write_attributes(out, head.attributes);
  out += '\n';
}

void write_entry(std::string& out, const Entry& entry) {
  out += "#EXTINF:";
  write_duration(out, entry);
  write_attributes(out, entry.attributes);
  out += ',';
  append_clean(out, entry.name);
  out += '\n';
  for (const auto& [name, value] : entry.tags) {
    (out += '#') += name;
    if (!value.empty()) out += ':';
    append_clean(out, value);
    out += '\n';
  }
  for (const auto& backup : entry.backups) {
    out += "#EXTBACKUP:";
    write_address(out, backup);
  }
  write_address(out, entry.address);
}

} // namespace relevo::m3u
