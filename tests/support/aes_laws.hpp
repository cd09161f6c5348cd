// SPDX-License-Identifier: LGPL-2.1-or-later
// Encryption, to be undone by lib/aes.
#pragma once

#include "aes/cbc.hpp"

#include <nettle/cbc.h>

namespace relevo::test {

/// CBC without padding; `plain` is a whole number of blocks.
inline std::vector<std::byte> encrypt_blocks(const aes::Key& key, aes::Vector vector, Bytes plain) {
  aes128_ctx schedule;
  aes128_set_encrypt_key(&schedule, key.data());
  std::vector<std::byte> out(plain.size());
  if (plain.empty()) return out;
  cbc_encrypt(&schedule, reinterpret_cast<nettle_cipher_func*>(&aes128_encrypt), aes::kBlockSize,
              vector.data(), plain.size(), reinterpret_cast<std::uint8_t*>(out.data()),
              reinterpret_cast<const std::uint8_t*>(plain.data()));
  return out;
}

inline std::vector<std::byte> encrypt(const aes::Key& key, const aes::Vector& vector, Bytes plain) {
  std::vector<std::byte> padded(plain.begin(), plain.end());
  const std::size_t padding = aes::kBlockSize - plain.size() % aes::kBlockSize;
  padded.resize(plain.size() + padding, static_cast<std::byte>(padding));
  return encrypt_blocks(key, vector, padded);
}

} // namespace relevo::test
