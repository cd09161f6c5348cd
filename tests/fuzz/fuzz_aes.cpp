// SPDX-License-Identifier: LGPL-2.1-or-later
// Any split opens to the same, whatever was encrypted comes back, and what was not does no harm. Input: split
// pattern, key, bytes.
#include "aes_laws.hpp"
#include "fuzz.hpp"

using namespace relevo;
using namespace relevo::aes;
using relevo::fuzz::require;

namespace {

Ending open(const Key& key, Bytes bytes, fuzz::Splitter& splitter, std::vector<std::byte>& out) {
  CbcDecryptor decryptor(key, Vector{});
  splitter(bytes, [&](Bytes chunk) { decryptor.push(chunk, out); });
  return decryptor.finish(out);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  fuzz::Splitter splitter{fuzz::take_byte(input)};
  Key key{};
  for (auto& part : key)
    part = fuzz::take_byte(input);

  std::vector<std::byte> back;
  require(open(key, test::encrypt(key, Vector{}, input), splitter, back) == Ending::Padded);
  require(std::ranges::equal(back, input));

  std::vector<std::byte> split, whole;
  CbcDecryptor decryptor(key, Vector{});
  decryptor.push(input, whole);
  require(open(key, input, splitter, split) == decryptor.finish(whole));
  require(split == whole && whole.size() <= input.size());
  return 0;
}
