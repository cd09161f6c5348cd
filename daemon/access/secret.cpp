// SPDX-License-Identifier: LGPL-2.1-or-later
#include "access/secret.hpp"

#include "base/text.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <nettle/memops.h>
#include <nettle/sha2.h>
#include <span>
#include <sys/random.h>
#include <system_error>

namespace relevo::access {
namespace {

constexpr std::size_t kTokenBytes = 16;

/// Base64 for URLs (RFC 4648, section 5), without the padding.
std::string write_url_safe(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const auto byte : bytes) {
    bits = bits << 8 | byte;
    for (count += 8; count >= 6; count -= 6)
      out += kLetters[bits >> (count - 6) & 63];
  }
  if (count > 0) out += kLetters[bits << (6 - count) & 63];
  return out;
}

} // namespace

std::string make_token() {
  std::array<std::uint8_t, kTokenBytes> bytes{};
  // So few bytes come at once, or not at all.
  while (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "no random bytes");
  return write_url_safe(bytes);
}

std::string hash_of(std::string_view token) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, token.size(), reinterpret_cast<const std::uint8_t*>(token.data()));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&context, digest.size(), digest.data());
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const auto byte : digest) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

bool same_secret(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && nettle_memeql_sec(a.data(), b.data(), a.size()) != 0;
}

std::string csrf_token_of(std::string_view session_token) {
  return hash_of(concat("csrf:", session_token)).substr(0, 2 * kTokenBytes);
}

} // namespace relevo::access
