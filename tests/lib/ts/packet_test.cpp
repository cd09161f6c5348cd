// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/packet.hpp"

#include <doctest/doctest.h>
#include <vector>

using namespace relevo;
using namespace relevo::ts;

namespace {

Packet packet_with(std::initializer_list<unsigned> head) {
  Packet packet;
  packet.fill(std::byte{0xee});
  std::size_t at = 0;
  for (const unsigned b : head)
    store_u8(&packet[at++], b);
  return packet;
}

} // namespace

TEST_CASE("the header fields of a packet are read and written") {
  Packet packet = packet_with({0x47, 0xe1, 0x23, 0x9b});
  const PacketView view{packet.data()};
  CHECK(view.transport_error());
  CHECK(view.unit_start());
  CHECK(view.pid() == 0x0123);
  CHECK(view.scrambling() == 2);
  CHECK(view.continuity() == 0x0b);
  CHECK(view.payload().size() == 184);

  MutablePacket edit{packet.data()};
  edit.set_pid(0x1ffe);
  edit.set_continuity(0x1c);
  CHECK(view.pid() == 0x1ffe);
  CHECK(view.continuity() == 0x0c);
  CHECK(view.transport_error());
  CHECK(view.scrambling() == 2);
}

TEST_CASE("a lying adaptation field leaves neither payload nor flags") {
  for (const unsigned length : {183U, 184U, 255U}) {
    CAPTURE(length);
    const Packet packet = packet_with({0x47, 0x00, 0x64, 0x30, length, 0xff});
    const PacketView view{packet.data()};
    CHECK_FALSE(view.well_formed());
    CHECK(view.payload().empty());
    CHECK_FALSE(view.pcr().has_value());
    CHECK_FALSE(view.discontinuity());
  }
  const Packet reserved = packet_with({0x47, 0x00, 0x64, 0x00});
  CHECK_FALSE(PacketView{reserved.data()}.well_formed());
  const Packet no_room_for_pcr = packet_with({0x47, 0x00, 0x64, 0x30, 6, 0x10});
  CHECK_FALSE(PacketView{no_room_for_pcr.data()}.pcr().has_value());
  const Packet empty_field = packet_with({0x47, 0x00, 0x64, 0x30, 0, 0xff});
  CHECK(PacketView{empty_field.data()}.payload().size() == 183);
  CHECK_FALSE(PacketView{empty_field.data()}.random_access());
}

TEST_CASE("a PCR packet carries its clock, its flag and no payload") {
  const Packet packet = make_pcr_packet(0x100, 7, 123'456'789, true);
  const PacketView view{packet.data()};
  CHECK(view.pid() == 0x100);
  CHECK(view.continuity() == 7);
  CHECK_FALSE(view.has_payload());
  CHECK(view.well_formed());
  CHECK(view.pcr() == 123'456'789);
  CHECK(view.discontinuity());
}

TEST_CASE("a payload packet is padded in front for every size") {
  const std::vector<std::byte> body(184, std::byte{0xab});
  for (std::size_t size = 1; size <= 184; ++size) {
    CAPTURE(size);
    const Packet packet = make_payload_packet(0x101, 3, true, Bytes{body}.first(size));
    const PacketView view{packet.data()};
    CHECK(view.well_formed());
    CHECK(view.payload().size() == size);
    CHECK(view.unit_start());
    CHECK_FALSE(view.has_pcr());
    CHECK_FALSE(view.discontinuity());
  }
}

TEST_CASE("removing the PCR keeps the fields behind it") {
  // Adaptation field of 14 bytes: PCR, OPCR, and one byte of stuffing.
  Packet packet =
      packet_with({0x47, 0x01, 0x00, 0x30, 14, 0x18, 1, 2, 3, 4, 0x7e, 0, 9, 8, 7, 6, 0x7e, 0, 0xff});
  MutablePacket edit{packet.data()};
  edit.remove_pcr();
  CHECK_FALSE(edit.has_pcr());
  CHECK(load_u8(&packet[5]) == 0x08);
  CHECK(load_be32(&packet[6]) == 0x09080706);
  CHECK(load_u8(&packet[12]) == 0xff);
  CHECK(edit.payload().size() == 169);
}

TEST_CASE("OPCR and DTS_next_AU move by the offset") {
  Packet packet = packet_with({0x47, 0x01, 0x00, 0x30, 30,   0x1d, 0, 0, 0, 1, 0x7e, 0, // PCR
                               0,    0,    0,    2,    0x7e, 0,                         // OPCR
                               5,                                                       // splice countdown
                               8,    0x3f, 0x31, 0,    1,    0,    1}); // extension: seamless splice
  MutablePacket edit{packet.data()};
  edit.shift_other_clocks(90'000);
  CHECK(edit.pcr() == 2 * kPcrPerTick);
  CHECK(load_pcr(&packet[12]) == (4 + 90'000) * kPcrPerTick);
  CHECK(load_timestamp(&packet[21]) == 90'000);
}

TEST_CASE("other clocks that do not fit into the field are left alone") {
  for (unsigned length = 1; length <= 183; ++length) {
    Packet packet = packet_with({0x47, 0x01, 0x00, 0x20, length, 0x0f, 0, 0, 0, 2, 0x7e, 0, 0, 255});
    MutablePacket edit{packet.data()};
    edit.shift_other_clocks(1);
    if (length < 7) CHECK(load_be32(&packet[6]) == 2);
  }
}
