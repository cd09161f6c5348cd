// SPDX-License-Identifier: LGPL-2.1-or-later
// RFC 9110, section 14, for one range of bytes.
#include "net/range.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace relevo::net {

Result<std::optional<ByteRange>> parse_range(std::string_view header, std::uint64_t size) {
  constexpr std::string_view kUnit = "bytes=";
  if (!header.starts_with(kUnit)) return std::nullopt;
  header.remove_prefix(kUnit.size());
  const auto dash = header.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto begin = header.substr(0, dash), end = header.substr(dash + 1);
  const auto first = parse_number<std::uint64_t>(begin);
  const auto last = parse_number<std::uint64_t>(end);
  if ((!first && !begin.empty()) || (!last && !end.empty()) || (!first && !last)) return std::nullopt;
  if (first && last && *last < *first) return std::nullopt;
  if (!first) { // so many at the end
    const auto tail = std::min(*last, size);
    if (tail == 0) return fail("nothing is wanted");
    return ByteRange{size - tail, tail};
  }
  if (*first >= size) return fail("it begins behind the end");
  return ByteRange{*first, std::min(last.value_or(size - 1), size - 1) - *first + 1};
}

std::uint64_t size_of(const Blocks& blocks) {
  std::uint64_t size = 0;
  for (const auto& block : blocks)
    size += g_bytes_get_size(block.get());
  return size;
}

Blocks cut(const Blocks& blocks, const ByteRange& range) {
  Blocks out;
  std::uint64_t begin = 0; // of the block
  const auto end = range.first + range.size;
  for (const auto& block : blocks) {
    const auto size = g_bytes_get_size(block.get());
    const auto from = std::max(range.first, begin), to = std::min(end, begin + size);
    if (from < to)
      out.push_back(gx::Ref<GBytes>::adopt(g_bytes_new_from_bytes(block.get(), from - begin, to - from)));
    begin += size;
  }
  return out;
}

} // namespace relevo::net
