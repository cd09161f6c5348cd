// SPDX-License-Identifier: LGPL-2.1-or-later
// The checker's rules for tables.
#include "check_tables.hpp"

#include "base/crc32.hpp"

#include <algorithm>

namespace relevo::ts {
namespace {

constexpr Pcr kLongestAbsence = kPcrPerSecond / 2;
constexpr Pid kLastSiPid = 0x14; // of those that carry sections for everyone (EN 300 468, table 1)
constexpr std::uint8_t kTableIdTimeOffset = 0x73;

/// Tables with the long syntax end in a CRC, and two of the short ones do.
[[nodiscard]] bool has_crc(Bytes section) noexcept {
  const std::uint8_t table_id = load_u8(section.data());
  return (load_u8(&section[1]) & 0x80) != 0 || table_id == kTableIdSplice || table_id == kTableIdTimeOffset;
}

} // namespace

bool TableRules::follows(Pid pid) const noexcept {
  return pid <= kLastSiPid || programmes_.is_pmt_pid(pid) || splice_pids_.contains(pid);
}

bool TableRules::push(PacketView packet, bool lost) {
  SectionAssembler& assembler = readers_[packet.pid()].assembler;
  if (lost) assembler.reset();
  bool changed = false;
  assembler.push(packet, [&](Bytes section) { changed |= on_section(packet.pid(), section); });
  return changed;
}

bool TableRules::on_section(Pid pid, Bytes section) {
  if (has_crc(section) && crc32_mpeg2(section) != 0) {
    context_.report(ViolationKind::TableCrc, pid,
                    "a section of table " + std::to_string(load_u8(section.data())) + " has a wrong CRC");
    return false;
  }
  const auto header = check_section(section);
  if (!header || !header->current) return false;
  judge_version(pid, *header, section);
  const bool changed = programmes_.push(pid, section);
  if (pid == kPatPid && header->table_id == kTableIdPat) {
    pat_ = {.name = pat_.name, .seen = true};
    const std::size_t count = programmes_.pat() ? programmes_.pat()->programmes.size() : 1;
    if (changed && count != 1)
      context_.report(ViolationKind::Programmes, kPatPid,
                      "the PAT lists " + std::to_string(count) + " programmes");
  }
  const auto* first = programmes_.first();
  if (first != nullptr && first->pmt_pid == pid) pmt_ = {.name = pmt_.name, .seen = true};
  return changed;
}

void TableRules::judge_version(Pid pid, const SectionHeader& header, Bytes section) {
  constexpr std::uint8_t kJudged[] = {kTableIdPat, kTableIdCat, kTableIdPmt, kTableIdSdt};
  if (std::ranges::find(kJudged, header.table_id) == std::end(kJudged)) return;
  auto& known = known_[{pid, header.table_id, header.extension, header.number}];
  constexpr std::size_t kVersionAt = 5;
  const bool same_version = !known.empty() && known[kVersionAt] == section[kVersionAt];
  if (std::ranges::equal(known, section)) return;
  if (same_version)
    context_.report(ViolationKind::TableVersion, pid,
                    "table " + std::to_string(header.table_id) + " has changed and still is version " +
                        std::to_string(header.version));
  known.assign(section.begin(), section.end());
}

void TableRules::on_clock(Pcr elapsed) {
  judge_presence(pat_, elapsed);
  judge_presence(pmt_, elapsed);
}

void TableRules::judge_presence(Presence& presence, Pcr elapsed) const {
  presence.missing_for += elapsed;
  if (presence.missing_for <= kLongestAbsence || presence.reported) return;
  presence.reported = true;
  context_.report(ViolationKind::TableMissing, kNullPid,
                  std::string("no ") + presence.name + " for more than 500 ms");
}

void TableRules::finish() const {
  for (const Presence& presence : {pat_, pmt_})
    if (!presence.seen)
      context_.report(ViolationKind::TableMissing, kNullPid, std::string("no ") + presence.name);
}

} // namespace relevo::ts
