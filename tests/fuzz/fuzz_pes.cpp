// SPDX-License-Identifier: LGPL-2.1-or-later
// However packets cut PES packets, headers and stream bytes are the same; moved clocks are read as they were
// written.
// Input: split pattern, PES packets with CUT! between them.
#include "fuzz.hpp"
#include "ts/pes_reader.hpp"

#include <vector>

using namespace relevo;
using namespace relevo::ts;
using relevo::fuzz::require;

namespace {

void move_clocks(Bytes packet) {
  PesHeader before, after;
  if (parse_pes_header(packet, before) != PesParse::Ok) return;
  require(before.size <= packet.size() && before.size <= PesHeader::kMaxSize);
  std::vector<std::byte> moved(packet.begin(), packet.end());
  rewrite_pes_header(moved, before, kTicksModulus - 1, 12345, 678);
  require(parse_pes_header(moved, after) == PesParse::Ok);
  require(after.size == before.size && after.packet_size == before.packet_size);
  require(after.pts.has_value() == before.pts.has_value() && after.dts.has_value() == before.dts.has_value());
  require(!after.pts || *after.pts == kTicksModulus - 1);
  require(!after.dts || *after.dts == 12345);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  fuzz::Splitter splitter{fuzz::take_byte(input)};
  PesReader reader;
  while (!input.empty()) {
    const Bytes packet = fuzz::take_packet(input);
    if (packet.empty()) continue;
    move_clocks(packet);
    std::vector<std::byte> body;
    bool unit_start = true;
    splitter(packet, [&](Bytes chunk) {
      for (; !chunk.empty(); unit_start = false) { // a transport packet holds 184 bytes at most
        const std::vector<std::byte> payload(
            chunk.begin(),
            chunk.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(chunk.size(), 184)));
        const Bytes part = reader.push(payload, unit_start);
        body.insert(body.end(), part.begin(), part.end());
        chunk = chunk.subspan(payload.size());
      }
    });
    require(reader.received() == packet.size());
    PesHeader header;
    const PesParse parsed = parse_pes_header(packet, header);
    require((parsed == PesParse::Ok) == (reader.state() == PesReader::State::Body));
    require((parsed == PesParse::NeedMore) == (reader.state() == PesReader::State::Header));
    if (parsed != PesParse::Ok) continue;
    require(reader.header().size == header.size && reader.header().pts == header.pts &&
            reader.header().dts == header.dts && reader.header().escr_at == header.escr_at);
    require(std::ranges::equal(body, packet.subspan(header.size)));
    require(reader.incomplete() == (packet.size() < header.packet_size));
    require(reader.overrun() == (header.packet_size != 0 && packet.size() > header.packet_size));
  }
  return 0;
}
