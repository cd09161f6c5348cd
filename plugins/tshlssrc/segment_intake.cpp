// SPDX-License-Identifier: LGPL-2.1-or-later
// Decryption, and what segments are that are no transport stream.
#include "segment_intake.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace relevo::tshlssrc {
namespace {

using policy::Failure;

/// The type of a box stands behind its length.
bool is_mp4(Bytes head) {
  if (head.size() < 8) return false;
  const auto type = as_text(head.subspan(4, 4));
  return type == "ftyp" || type == "styp" || type == "moof" || type == "sidx" || type == "emsg" ||
         type == "prft";
}

/// AAC, AC-3 or MPEG audio, with its clock in an ID3 tag.
bool is_packed_audio(Bytes head) {
  return as_text(head).starts_with("ID3");
}

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
  const auto seen = proof_.finish();
  if (!seen.empty()) return no_stream(seen);
  give(std::move(head_));
  return {};
}

Failed SegmentIntake::take(std::vector<std::byte> plain) {
  if (!proof_.proven()) {
    head_.insert(head_.end(), plain.begin(), plain.end());
    const auto seen = proof_.push(plain);
    if (is_mp4(head_)) return refusal("segments of fragmented MP4");
    if (is_packed_audio(head_)) return refusal("segments of packed audio");
    if (!seen.empty()) return no_stream(seen);
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
