// SPDX-License-Identifier: LGPL-2.1-or-later
// Sealed texts of any bytes: none opens that was not sealed, and what was sealed opens as it was. Input: what
// is opened, and sealed.
#include "fuzz.hpp"
#include "seal/seal.hpp"

using namespace relevo;
using relevo::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text(std::as_bytes(std::span{data, size}));
  constexpr seal::Key kKey{std::byte{7}};
  require(!seal::open(kKey, "place", text));
  const auto place = text.substr(0, text.find('\n'));
  const auto sealed = seal::seal(kKey, {}, place, text);
  require(seal::open(kKey, place, sealed) == text);
  require(!seal::open(kKey, place, sealed.substr(0, sealed.size() - 1)));
  return 0;
}
