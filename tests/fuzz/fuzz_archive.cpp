// SPDX-License-Identifier: LGPL-2.1-or-later
// Packed bytes of any kind: any split of them gives the same plain bytes, inside the limits; of broken ones,
// as many as there were before the break was found. Input: size of the pieces, packed bytes.
#include "archive/unpacker.hpp"
#include "fuzz.hpp"

#include <algorithm>
#include <string>

using namespace relevo;
using relevo::fuzz::require;

namespace {

constexpr archive::Limits kLimits{.max_bytes = 1 << 20, .max_ratio = 1000};

struct Unpacked {
  std::string plain;
  bool broken = false;
};

archive::Open source_of(Bytes packed, std::size_t piece) {
  return [packed, piece]() -> Result<archive::Read> {
    return archive::Read([left = packed, piece](MutableBytes buffer) mutable -> Result<std::size_t> {
      const auto size = std::min({left.size(), buffer.size(), piece});
      std::copy_n(left.begin(), size, buffer.begin());
      left = left.subspan(size);
      return size;
    });
  };
}

Unpacked unpack(Bytes packed, std::size_t piece, std::size_t room) {
  archive::Unpacker unpacker(source_of(packed, piece), {".m3u"}, kLimits);
  Unpacked out;
  std::vector<std::byte> buffer(room);
  for (;;) {
    const auto size = unpacker.read(buffer);
    out.broken = !size;
    if (size.value_or(0) == 0) return out;
    require(*size <= room);
    out.plain += as_text(Bytes(buffer).first(*size));
    require(out.plain.size() <= kLimits.max_bytes);
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span(data, size));
  const std::size_t piece = 1 + fuzz::take_byte(input);
  const auto pieces = unpack(input, piece, 1000);
  const auto whole = unpack(input, input.size() + 1, 65536);
  require(pieces.broken == whole.broken);
  require(pieces.plain.starts_with(whole.plain) || whole.plain.starts_with(pieces.plain));
  require(pieces.broken || pieces.plain.size() == whole.plain.size());
  return 0;
}
