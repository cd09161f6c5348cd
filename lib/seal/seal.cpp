// SPDX-License-Identifier: LGPL-2.1-or-later
// ChaCha20-Poly1305 by nettle.
#include "seal/seal.hpp"

#include <algorithm>
#include <nettle/chacha-poly1305.h>
#include <nettle/memops.h>

namespace relevo::seal {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kTag = CHACHA_POLY1305_DIGEST_SIZE;

static_assert(std::tuple_size_v<Key> == CHACHA_POLY1305_KEY_SIZE);
static_assert(std::tuple_size_v<Nonce> == CHACHA_POLY1305_NONCE_SIZE);

const std::uint8_t* octets(const void* bytes) {
  return static_cast<const std::uint8_t*>(bytes);
}
std::uint8_t* octets(char* bytes) {
  return reinterpret_cast<std::uint8_t*>(bytes);
}

chacha_poly1305_ctx begin(const Key& key, const void* nonce, std::string_view place) {
  chacha_poly1305_ctx context;
  chacha_poly1305_set_key(&context, octets(key.data()));
  chacha_poly1305_set_nonce(&context, octets(nonce));
  chacha_poly1305_update(&context, place.size(), octets(place.data()));
  return context;
}

} // namespace

std::string seal(const Key& key, const Nonce& nonce, std::string_view place, std::string_view text) {
  std::string out(text.size() + kOverhead, kVersion);
  char* at = std::copy_n(reinterpret_cast<const char*>(nonce.data()), nonce.size(), out.data() + 1);
  auto context = begin(key, nonce.data(), place);
  chacha_poly1305_encrypt(&context, text.size(), octets(at), octets(text.data()));
  chacha_poly1305_digest(&context, kTag, octets(at + text.size()));
  return out;
}

std::optional<std::string> open(const Key& key, std::string_view place, std::string_view sealed) {
  if (sealed.size() < kOverhead || sealed.front() != kVersion) return std::nullopt;
  const auto nonce = sealed.substr(1, std::tuple_size_v<Nonce>);
  const auto hidden = sealed.substr(1 + nonce.size(), sealed.size() - kOverhead);
  std::string text(hidden.size(), '\0');
  auto context = begin(key, nonce.data(), place);
  chacha_poly1305_decrypt(&context, hidden.size(), octets(text.data()), octets(hidden.data()));
  std::array<std::uint8_t, kTag> tag{};
  chacha_poly1305_digest(&context, tag.size(), tag.data());
  if (memeql_sec(tag.data(), sealed.data() + sealed.size() - kTag, kTag) == 0) return std::nullopt;
  return text;
}

} // namespace relevo::seal
