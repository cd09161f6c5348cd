// SPDX-License-Identifier: LGPL-2.1-or-later
// Sections with any content, put into packets: what the tables say can be written and read again, and a
// tracker never follows a PID that no PAT named.
// Input: sections without their CRC, with CUT! between them; those of tables other than the PAT come on the
// PID of the PMT.
#include "fuzz.hpp"
#include "ts/programme_map.hpp"
#include "ts/psi.hpp"

#include <vector>

using namespace relevo;
using namespace relevo::ts;
using relevo::fuzz::require;

namespace {

void write_and_read(const Pmt& pmt) {
  const auto section = write_pmt(pmt);
  if (!section) return; // does not fit into one section
  require(check_section(*section).has_value());
  require(parse_pmt({*section}) == pmt);
}

void write_and_read(const Pat& pat) {
  TableCollector table{kTableIdPat};
  bool whole = false;
  for (const auto& section : write_pat(pat))
    whole = table.push(section);
  require(whole && parse_pat(table.sections()) == pat);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  PsiTracker tracker;
  ProgrammeMap map;
  while (!input.empty()) {
    const Bytes bytes = fuzz::take_packet(input);
    if (bytes.size() < SectionHeader::kSize || bytes.size() + SectionHeader::kCrcSize > kMaxSectionSize)
      continue;
    std::vector<std::byte> section(bytes.begin(), bytes.end());
    seal_section(section);
    const bool is_pat = section[0] == std::byte{kTableIdPat};
    if (!is_pat && tracker.pmt_pid() == kNullPid) continue;
    const Pid pid = is_pat ? kPatPid : tracker.pmt_pid();
    for (const Packet& packet : packetize(section, pid))
      tracker.push(PacketView{packet.data()});
    map.push(pid, section);
    if (tracker.pat()) {
      write_and_read(*tracker.pat());
      require(tracker.pmt_pid() == kNullPid ||
              std::ranges::find(tracker.pat()->programmes, tracker.pmt_pid(), &Pat::Programme::pmt_pid) !=
                  tracker.pat()->programmes.end());
    }
    if (tracker.pmt()) write_and_read(*tracker.pmt());
    require(map.programmes().size() <= ProgrammeMap::kMaxProgrammes);
    require(map.pat() == tracker.pat());
  }
  return 0;
}
