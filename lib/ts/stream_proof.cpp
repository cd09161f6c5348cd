// SPDX-License-Identifier: LGPL-2.1-or-later
// What is no transport stream, told early.
#include "ts/stream_proof.hpp"

#include "base/text.hpp"

namespace relevo::ts {

std::string_view StreamProof::push(Bytes bytes) {
  if (proven_ || bytes.empty()) return "";
  empty_ = false;
  if (blank_) {
    const auto text = trim(as_text(bytes));
    if (text.starts_with('<')) return "a page of text";
    blank_ = text.empty();
  }
  sync_.read(bytes, [this](const std::byte*) { take_packet(); });
  return proven_ || sync_.skipped_bytes() <= PacketSync::kGiveUpBytes ? "" : "other data";
}

std::string_view StreamProof::finish() {
  sync_.finish([this](const std::byte*) { take_packet(); });
  if (proven_) return "";
  return empty_ ? "nothing" : "other data";
}

void StreamProof::take_packet() {
  if (sync_.packet_offset() <= PacketSync::kGiveUpBytes) proven_ = true;
}

} // namespace relevo::ts
