// SPDX-License-Identifier: LGPL-2.1-or-later
// Join points: the segmenter's eye for pictures, and copies of the newest tables.
#include "ts/join.hpp"

#include <algorithm>

namespace relevo::ts {

void JoinFinder::TablePackets::push(PacketView packet, std::uint64_t offset) {
  constexpr std::size_t kMostBytes = 32 * kPacketSize; // a section of 4096 bytes has fewer packets
  if (packet.unit_start() || open_.size() >= kMostBytes) {
    open_.clear();
    section_.reset();
  }
  open_.insert(open_.end(), packet.bytes().begin(), packet.bytes().end());
  bool whole = false;
  section_.push(packet, [&whole](Bytes section) { whole |= check_section(section).has_value(); });
  if (!whole) return;
  older_ = std::move(newest_);
  newest_ = Copy{offset + kPacketSize, open_};
}

const std::vector<std::byte>* JoinFinder::TablePackets::before(std::uint64_t offset) const noexcept {
  if (newest_ && newest_->end <= offset) return &newest_->packets;
  if (older_ && older_->end <= offset) return &older_->packets;
  return nullptr;
}

void JoinFinder::TablePackets::clear() {
  section_.reset();
  open_.clear();
  newest_.reset();
  older_.reset();
}

JoinFinder::JoinFinder(OnPoint on_point)
    : on_point_(std::move(on_point)),
      segmenter_({}, {.on_random_access = [this](const RandomAccess& at) { on_random_access(at.offset); }}) {}

void JoinFinder::push(Bytes packets) {
  for (; packets.size() >= kPacketSize; packets = packets.subspan(kPacketSize)) {
    const PacketView packet(packets.data());
    if (packet.pid() == kPatPid || psi_.follows(packet.pid())) on_tables(packet);
    segmenter_.push(packet.bytes());
    offset_ += kPacketSize;
  }
}

void JoinFinder::on_tables(PacketView packet) {
  psi_.push(packet);
  if (psi_.pmt_pid() != pmt_pid_) {
    pmt_pid_ = psi_.pmt_pid();
    pmt_.clear();
  }
  (packet.pid() == kPatPid ? pat_ : pmt_).push(packet, offset_);
}

void JoinFinder::on_random_access(std::uint64_t offset) {
  const auto* pat = pat_.before(offset);
  const auto* pmt = pmt_.before(offset);
  if (!pat || !pmt) return;
  std::vector<std::byte> tables = *pat;
  tables.insert(tables.end(), pmt->begin(), pmt->end());
  if (!tables_ || *tables_ != tables)
    tables_ = std::make_shared<const std::vector<std::byte>>(std::move(tables));
  on_point_({offset, tables_});
}

} // namespace relevo::ts
