// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/psi.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ts;

namespace {

using Section = std::vector<std::byte>;

Pmt sample_pmt() {
  Pmt pmt{.programme = 7, .version = 3, .pcr_pid = 0x100, .descriptors = {}, .streams = {}};
  pmt.descriptors = {std::byte{0x05}, std::byte{4},   std::byte{'C'},
                     std::byte{'U'},  std::byte{'E'}, std::byte{'I'}};
  pmt.streams.push_back({0x1b, 0x100, {}});
  pmt.streams.push_back(
      {0x0f,
       0x101,
       {std::byte{0x0a}, std::byte{4}, std::byte{'s'}, std::byte{'p'}, std::byte{'a'}, std::byte{0}}});
  return pmt;
}

Pat many_programmes(std::size_t count) {
  Pat pat{.transport_stream_id = 9, .version = 31, .programmes = {}};
  for (std::size_t i = 0; i < count; ++i)
    pat.programmes.push_back({static_cast<std::uint16_t>(i + 1), static_cast<Pid>(0x100 + i)});
  return pat;
}

std::vector<Section> collected(TableCollector& table, const std::vector<Section>& sections) {
  for (const Section& section : sections)
    if (table.push(section)) return table.sections();
  return {};
}

void feed(PsiTracker& tracker, Bytes section, Pid pid, int& changes) {
  for (Packet& packet : packetize(section, pid))
    changes += tracker.push(PacketView{packet.data()});
}

} // namespace

TEST_CASE("PAT, PMT and SDT survive writing and reading") {
  for (const std::size_t count : {0U, 1U, 253U, 254U, 600U}) {
    CAPTURE(count);
    TableCollector table{kTableIdPat};
    CHECK(parse_pat(collected(table, write_pat(many_programmes(count)))) == many_programmes(count));
  }
  const Pmt pmt = sample_pmt();
  CHECK(parse_pmt({write_pmt(pmt).value()}) == pmt);

  Sdt sdt{.transport_stream_id = 1, .original_network_id = 2, .version = 5, .services = {}};
  for (std::uint16_t i = 0; i < 40; ++i)
    sdt.services.push_back(
        {i, make_service_descriptor("Relevo", "Channel with a longer name " + std::to_string(i))});
  TableCollector table{kTableIdSdt};
  CHECK(parse_sdt(collected(table, write_sdt(sdt).value())) == sdt);
}

TEST_CASE("what does not fit is refused with its size") {
  Pmt pmt = sample_pmt();
  pmt.streams.push_back({0x06, 0x102, DescriptorLoop(1000)});
  const auto section = write_pmt(pmt);
  REQUIRE_FALSE(section.has_value());
  CHECK(section.error().message == "a PMT of 1043 bytes does not fit into one section of 1024");
}

TEST_CASE("a service name is cut at a whole UTF-8 character") {
  std::string name(119, 'a');
  name += "ñandú";
  const DescriptorLoop descriptor = make_service_descriptor("", name);
  CHECK(as_text(Bytes{descriptor}.last(119)) == std::string(119, 'a'));
}

TEST_CASE("a table is whole when all its sections have come, in any order, repeated") {
  const auto sections = write_pat(many_programmes(600));
  REQUIRE(sections.size() == 3);
  TableCollector table{kTableIdPat};
  CHECK_FALSE(table.push(sections[2]));
  CHECK_FALSE(table.push(sections[2]));
  CHECK_FALSE(table.push(sections[0]));
  CHECK(table.push(sections[1]));
  CHECK_FALSE(table.push(sections[0]));
  CHECK(parse_pat(table.sections()) == many_programmes(600));
}

TEST_CASE("a changed table with an unchanged version counts as new") {
  TableCollector table{kTableIdPmt};
  Pmt pmt = sample_pmt();
  CHECK(table.push(write_pmt(pmt).value()));
  pmt.streams.pop_back();
  CHECK(table.push(write_pmt(pmt).value()));
  CHECK(parse_pmt(table.sections()) == pmt);
}

TEST_CASE("broken and future sections are not believed") {
  TableCollector table{kTableIdPmt};
  Section broken = write_pmt(sample_pmt()).value();
  broken[10] ^= std::byte{1};
  CHECK_FALSE(table.push(broken));
  CHECK(table.broken_sections() == 1);
  CHECK(table.sections().empty());
}

TEST_CASE("inner lengths that lie end the table where the bytes end") {
  Pmt pmt = sample_pmt();
  Section section = write_pmt(pmt).value();
  section.erase(section.end() - SectionHeader::kCrcSize, section.end());
  store_be16(&section[21], 0xffff); // the loop length of the first stream claims 4095 bytes
  seal_section(section);
  REQUIRE(check_section(section).has_value());
  CHECK(parse_pmt({section}).streams.size() == 1);
}

TEST_CASE("sections over several packets, and several in one, are assembled") {
  Pmt big = sample_pmt();
  big.streams.push_back({0x06, 0x102, DescriptorLoop(600, std::byte{0x0d})});
  const Section section = write_pmt(big).value();
  const auto packets = packetize(section, 0x50);
  CHECK(packets.size() == 4);
  SectionAssembler assembler;
  std::vector<Section> seen;
  const auto on_section = [&](Bytes bytes) { seen.emplace_back(bytes.begin(), bytes.end()); };
  for (const Packet& packet : packets)
    assembler.push(PacketView{packet.data()}, on_section);
  REQUIRE(seen.size() == 1);
  CHECK(seen[0] == section);

  // The end of one section, a whole one and the start of a third share a packet.
  const Section small = write_pat(many_programmes(1)).front();
  std::vector<std::byte> payload{std::byte{0}};
  payload.insert(payload.end(), small.begin(), small.end());
  payload.insert(payload.end(), small.begin(), small.end());
  payload.resize(184, std::byte{0xff});
  const Packet both = make_payload_packet(0, 0, true, payload);
  seen.clear();
  assembler.push(PacketView{both.data()}, on_section);
  CHECK(seen == std::vector<Section>{small, small});
}

TEST_CASE("the tracker follows the first programme and reports its changes") {
  PsiTracker tracker;
  int changes = 0;
  feed(tracker, write_pat(many_programmes(3)).front(), kPatPid, changes);
  CHECK(tracker.pmt_pid() == 0x100);
  CHECK_FALSE(tracker.pmt().has_value());
  Pmt pmt = sample_pmt();
  pmt.programme = 1;
  feed(tracker, write_pmt(pmt).value(), 0x100, changes);
  feed(tracker, write_pmt(pmt).value(), 0x100, changes);
  CHECK(changes == 1);
  CHECK(tracker.pmt() == pmt);
  pmt.version = 4;
  pmt.pcr_pid = 0x101;
  feed(tracker, write_pmt(pmt).value(), 0x100, changes);
  CHECK(changes == 2);
}

TEST_CASE("the tracker keeps to a wanted programme and follows its PMT to another PID") {
  PsiTracker tracker{std::uint16_t{2}};
  int changes = 0;
  feed(tracker, write_pat(many_programmes(3)).front(), kPatPid, changes);
  CHECK(tracker.pmt_pid() == 0x101);
  Pat moved = many_programmes(3);
  moved.version = 1;
  moved.programmes[1].pmt_pid = 0x777;
  feed(tracker, write_pat(moved).front(), kPatPid, changes);
  CHECK(tracker.pmt_pid() == 0x777);
}
