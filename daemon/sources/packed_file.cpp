// SPDX-License-Identifier: LGPL-2.1-or-later
// A file through the unpacker.
#include "packed_file.hpp"

#include "archive/unpacker.hpp"
#include "base/text.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace relevo::sources {
namespace {

// Guides are the largest: a gigabyte in plain text, a tenth of it packed.
constexpr archive::Limits kLimits{.max_bytes = std::uint64_t{8} << 30, .max_ratio = 200};

/// Reads a file from its beginning.
Result<archive::Read> open_file(const std::string& file) {
  const std::shared_ptr<std::FILE> stream(std::fopen(file.c_str(), "rbe"), [](std::FILE* open) {
    if (open) std::fclose(open);
  });
  if (!stream) return fail(concat("cannot read ", file, ": ", std::strerror(errno)));
  return archive::Read([stream, file](MutableBytes buffer) -> Result<std::size_t> {
    const auto got = std::fread(buffer.data(), 1, buffer.size(), stream.get());
    if (got == 0 && std::ferror(stream.get()) != 0)
      return fail(concat("cannot read ", file, ": ", std::strerror(errno)));
    return got;
  });
}

} // namespace

Result<void> read_packed(const std::string& file, const std::vector<std::string_view>& endings,
                         const gx::CancelToken& token, const std::function<bool(Bytes)>& take) {
  archive::Unpacker unpacker([&file] { return open_file(file); }, {endings.begin(), endings.end()}, kLimits);
  std::array<std::byte, 65536> block{};
  for (;;) {
    if (token.cancelled()) return fail("cancelled");
    const auto got = unpacker.read(block);
    if (!got) return tl::unexpected(got.error());
    if (*got == 0 || !take(Bytes(block).first(*got))) return {};
  }
}

} // namespace relevo::sources
