// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stalker/mac.hpp"

#include "base/text.hpp"

namespace relevo::stalker {
namespace {

constexpr std::size_t kBytes = 6;

/// In upper case; 0: it is none.
char hex_digit(char c) noexcept {
  if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') ? c : '\0';
}

} // namespace

Result<std::string> parse_mac(std::string_view text) {
  const auto refusal = [text] { return fail(concat("no MAC address: ", quote(text))); };
  const auto trimmed = trim(text);
  const bool parted = trimmed.size() == 3 * kBytes - 1;
  if (!parted && trimmed.size() != 2 * kBytes) return refusal();
  std::string mac;
  for (std::size_t i = 0; i < trimmed.size(); ++i) {
    if (parted && i % 3 == 2) {
      if (trimmed[i] != trimmed[2] || (trimmed[i] != ':' && trimmed[i] != '-')) return refusal();
      continue;
    }
    const char digit = hex_digit(trimmed[i]);
    if (digit == '\0') return refusal();
    if (mac.size() % 3 == 2) mac += ':';
    mac += digit;
  }
  return mac;
}

} // namespace relevo::stalker
