// SPDX-License-Identifier: LGPL-2.1-or-later
// Looking ahead and counting.
#include "tap.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cstring>

namespace relevo::archive {
namespace {

// Below it any ratio is fine: a little that unpacks to this does no harm.
constexpr std::uint64_t kHarmless = std::uint64_t{4} << 20;

} // namespace

Result<void> Budget::allow(std::uint64_t unpacked) const {
  if (unpacked > limits.max_bytes) return fail(concat("unpacks to more than ", limits.max_bytes, " bytes"));
  if (unpacked > kHarmless && unpacked / limits.max_ratio > packed)
    return fail(concat("unpacks to more than ", limits.max_ratio, " times its size"));
  return {};
}

Result<Form> Tap::find_form() {
  while (head_end_ < head_.size()) {
    const auto size = source_(MutableBytes(head_).subspan(head_end_));
    if (!size) return tl::unexpected(size.error());
    if (*size == 0) break;
    head_end_ += *size;
  }
  return form_of(Bytes(head_).first(head_end_));
}

Result<std::size_t> Tap::read(MutableBytes buffer) {
  if (head_begin_ < head_end_) {
    const auto size = std::min(buffer.size(), head_end_ - head_begin_);
    std::memcpy(buffer.data(), head_.data() + head_begin_, size);
    head_begin_ += size;
    passed_ += size;
    return size;
  }
  auto size = source_(buffer);
  if (!size) return size;
  passed_ += *size;
  if (const auto allowed = budget_.allow(passed_); !allowed) return tl::unexpected(allowed.error());
  return size;
}

} // namespace relevo::archive
