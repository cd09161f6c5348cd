// SPDX-License-Identifier: LGPL-2.1-or-later
#include "packed_file.hpp"

#include "base/text.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace relevo::sources {

Result<void> read_packed(const std::string& file, const std::vector<std::string_view>&,
                         const gx::CancelToken& token, const std::function<bool(Bytes)>& take) {
  std::ifstream stream(file, std::ios::binary);
  std::array<char, 65536> block{};
  while (stream.read(block.data(), block.size()), stream.gcount() > 0) {
    if (token.cancelled()) return fail("cancelled");
    if (!take(as_bytes(std::string_view(block.data(), static_cast<std::size_t>(stream.gcount()))))) return {};
  }
  if (!stream.is_open() || stream.bad())
    return fail(concat("cannot read ", file, ": ", std::strerror(errno)));
  return {};
}

} // namespace relevo::sources
