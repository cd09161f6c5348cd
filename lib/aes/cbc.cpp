// SPDX-License-Identifier: LGPL-2.1-or-later
// Blocks and their padding around nettle's cipher.
#include "aes/cbc.hpp"

#include <algorithm>
#include <nettle/cbc.h>

namespace relevo::aes {
namespace {

/// How many bytes at the end of the last block are padding; 0: it is none.
std::size_t padding_of(Bytes block) {
  const std::size_t size = load_u8(&block.back());
  if (size == 0 || size > block.size()) return 0;
  return std::ranges::all_of(block.last(size), [&](std::byte b) { return b == block.back(); }) ? size : 0;
}

} // namespace

CbcDecryptor::CbcDecryptor(const Key& key, const Vector& vector) : vector_(vector) {
  aes128_set_decrypt_key(&schedule_, key.data());
}

void CbcDecryptor::push(Bytes bytes, std::vector<std::byte>& out) {
  if (bytes.empty()) return;
  if (rest_size_ + bytes.size() > kBlockSize && rest_size_ > 0) {
    const Bytes missing = bytes.first(kBlockSize - rest_size_);
    std::ranges::copy(missing, rest_.data() + rest_size_);
    decrypt(rest_, out);
    rest_size_ = 0;
    bytes = bytes.subspan(missing.size());
  }
  const std::size_t kept = rest_size_ > 0 ? bytes.size() : (bytes.size() - 1) % kBlockSize + 1;
  decrypt(bytes.first(bytes.size() - kept), out);
  std::ranges::copy(bytes.last(kept), rest_.data() + rest_size_);
  rest_size_ += kept;
}

Ending CbcDecryptor::finish(std::vector<std::byte>& out) {
  if (rest_size_ < kBlockSize) return Ending::Cut;
  decrypt(rest_, out);
  const std::size_t padding = padding_of(Bytes(out).last(kBlockSize));
  out.resize(out.size() - padding);
  return padding > 0 ? Ending::Padded : Ending::Unpadded;
}

void CbcDecryptor::decrypt(Bytes blocks, std::vector<std::byte>& out) {
  if (blocks.empty()) return;
  const std::size_t before = out.size();
  out.resize(before + blocks.size());
  cbc_decrypt(&schedule_, reinterpret_cast<nettle_cipher_func*>(&aes128_decrypt), kBlockSize, vector_.data(),
              blocks.size(), reinterpret_cast<std::uint8_t*>(out.data() + before),
              reinterpret_cast<const std::uint8_t*>(blocks.data()));
}

} // namespace relevo::aes
