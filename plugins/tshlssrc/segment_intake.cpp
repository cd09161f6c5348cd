// SPDX-License-Identifier: LGPL-2.1-or-later
// Decryption, and what segments are that are no transport stream.
#include "segment_intake.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace relevo::tshlssrc {
namespace {

using policy::Failure;

} // namespace

Failed SegmentIntake::push(Bytes bytes) {
  std::vector<std::byte> plain;
  if (decryptor_)
    decryptor_->push(bytes, plain);
  else
    plain.assign(bytes.begin(), bytes.end());
  return take(std::move(plain));
}

Failed SegmentIntake::finish() {
  if (decryptor_) {
    std::vector<std::byte> plain;
    const auto ending = decryptor_->finish(plain);
    if (auto failed = take(std::move(plain))) return failed;
    if (ending == aes::Ending::Cut)
      return Trouble{
          {Failure::Truncated, 0, "A segment failed: it ends inside a block of its encryption", {}}};
  }
  if (proof_.proven()) return {};
  if (const auto seen = proof_.finish()) return no_stream(describe(*seen));
  give(std::move(head_));
  return {};
}

Failed SegmentIntake::take(std::vector<std::byte> plain) {
  if (!proof_.proven()) {
    head_.insert(head_.end(), plain.begin(), plain.end());
    if (const auto seen = proof_.push(plain)) {
      if (is_media(*seen)) return for_demuxer(concat("segments of ", describe(*seen)));
      return no_stream(describe(*seen));
    }
    if (!proof_.proven()) return {};
    plain = std::move(head_);
  }
  give(std::move(plain));
  return {};
}

Trouble SegmentIntake::no_stream(std::string_view seen) const {
  const auto why = decryptor_ ? "decrypted with its key " : "";
  return {{Failure::NotTransportStream,
           0,
           concat("A segment failed: ", why, "it is no MPEG transport stream, but ", seen),
           {}}};
}

void SegmentIntake::give(std::vector<std::byte> plain) {
  const auto known = std::min<std::uint64_t>(skip_, plain.size());
  skip_ -= known;
  plain.erase(plain.begin(), plain.begin() + static_cast<std::ptrdiff_t>(known));
  if (!plain.empty()) sink_(std::move(plain));
}

} // namespace relevo::tshlssrc
