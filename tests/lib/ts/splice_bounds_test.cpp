// SPDX-License-Identifier: LGPL-2.1-or-later
// What the splicer holds and sends stays within bounds, whatever a source does and never ends.
#include "splice_output.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ts;
using namespace relevo::test;

namespace {

constexpr std::size_t kMostHeld = (33U << 20) / kPacketSize; // the splicer's own limit is 32 MiB

/// Pushes these bytes again and again, their continuity counters going on; returns how many packets were held
/// at most.
std::size_t push_for_long(Splicer& splicer, SourceId id, const TsBuilder& unit, std::size_t packets) {
  std::vector<std::byte> bytes = unit.bytes;
  std::size_t most = 0;
  for (std::size_t sent = 0; sent < packets; sent += unit.packets()) {
    splicer.push(id, bytes);
    splicer.clear_output();
    most = std::max(most, splicer.source(id).held().size());
    for (std::size_t at = 0; at < bytes.size(); at += kPacketSize) {
      MutablePacket packet{&bytes[at]};
      if (packet.has_payload())
        packet.set_continuity(packet.continuity() + static_cast<unsigned>(unit.packets()));
    }
  }
  return most;
}

} // namespace

TEST_CASE("a picture that never ends is not held for ever") {
  bool enters = true;
  bool on = true;
  SUBCASE("of the source that is on") {}
  SUBCASE("of one that looks for an entry") { enters = false; }
  SUBCASE("of one that stands by") { on = false; }
  TsBuilder a;
  a.tables();
  for (int i = 0; i < 20; ++i)
    add_picture(a, kStart + i * kPicture, enters && i == 0);
  a.unit(kVideoPid, 0xe0, h264_picture(false), kStart + 21 * kPicture,
         {.dts = kStart + 20 * kPicture, .declared = 0});
  TsBuilder rest;
  rest.bytes.assign(a.bytes.end() - kPacketSize, a.bytes.end());
  store_u8(&rest.bytes[1], load_u8(&rest.bytes[1]) & 0xbf); // no unit starts here
  rest.at(0).set_continuity(rest.at(0).continuity() + 1);

  Splicer splicer;
  const SourceId id = splicer.add_source();
  if (on) splicer.switch_to(id);
  splicer.push(id, a.bytes);
  CHECK(push_for_long(splicer, id, rest, 2 * kMostHeld) <= kMostHeld);
}

TEST_CASE("packets without a unit are not held for ever behind a unit that does not end") {
  TsBuilder a;
  a.pmt.pcr_pid = 0x104;
  add_television(a, kStart, 20);
  a.unit(kVideoPid, 0xe0, h264_picture(false), kStart + 21 * kPicture,
         {.dts = kStart + 20 * kPicture, .declared = 0});
  TsBuilder clock;
  clock.pcr(0x104, (kStart + 20 * kPicture - kLead) * kPcrPerTick); // stands still

  Splicer splicer;
  const SourceId id = splicer.add_source();
  splicer.switch_to(id);
  splicer.push(id, a.bytes);
  CHECK(push_for_long(splicer, id, clock, 2 * kMostHeld) <= kMostHeld);
}
