// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hdhr/packet.hpp"

#include "hex.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::hdhr;
using relevo::test::from_hex;

namespace {

/// hdhomerun_config asks for /sys/model.
constexpr const char* kGetModel = "0004000d030b2f7379732f6d6f64656c008f5b54b5";

std::string hear(Bytes bytes, std::size_t chunk, bool& broken) {
  PacketReader reader;
  std::string heard;
  while (!bytes.empty() && !broken) {
    const auto size = std::min(chunk, bytes.size());
    broken = !reader.push(bytes.first(size), [&](const Packet& packet) {
      heard += std::to_string(static_cast<unsigned>(packet.type));
      heard += as_text(packet.payload);
    });
    bytes = bytes.subspan(size);
  }
  return heard;
}

} // namespace

TEST_CASE("packets are read as they were captured") {
  const auto bytes = from_hex(kGetModel);
  const auto packet = parse_packet(bytes);
  REQUIRE(packet);
  CHECK(packet->type == PacketType::GetSetRequest);
  const auto fields = parse_fields(packet->payload);
  REQUIRE(fields);
  REQUIRE(fields->size() == 1);
  CHECK(fields->front().tag == Tag::Name);
  CHECK(text_of(fields->front()) == "/sys/model");
}

TEST_CASE("packets are written as they were captured") {
  const auto written =
      PacketWriter(PacketType::GetSetRequest).add_closed_text(Tag::Name, "/sys/model").finish();
  CHECK(written == as_text(from_hex(kGetModel)));
}

TEST_CASE("what is no packet is refused") {
  struct {
    const char* bytes;
    const char* message;
  } const cases[] = {
      {"", "shorter than any packet"},
      {"00040000ffffff", "shorter than any packet"},
      {"0004000d030b2f7379732f6d6f64656c008f5b54", "the packet is cut off"},
      {"0004000d030b2f7379732f6d6f64656c008f5b54b6", "the CRC is wrong"},
      {"000405ad00000000", "longer than a packet may be"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.bytes);
    const auto packet = parse_packet(from_hex(c.bytes));
    REQUIRE_FALSE(packet);
    CHECK(packet.error().message == c.message);
  }
}

TEST_CASE("fields keep to their packet") {
  struct {
    const char* payload;
    int fields; // -1: refused
  } const cases[] = {
      {"", 0},
      {"0100", 1},
      {"01040000000110", -1},
      {"0104000000", -1},
      {"01", -1},
      {"0180", -1},
      {"018000", 1},
      {"01810001", 1},
      {"01ff7f", -1},
      {"77020102"
       "1001ff",
       2},
  };
  for (const auto& c : cases) {
    CAPTURE(c.payload);
    const auto bytes = from_hex(c.payload);
    const auto fields = parse_fields(bytes);
    CHECK((fields ? static_cast<int>(fields->size()) : -1) == c.fields);
  }
}

TEST_CASE("what was written reads as the same") {
  for (const std::size_t size : {0U, 1U, 126U, 127U, 128U, 1000U, 1448U}) {
    CAPTURE(size);
    const std::string text(size, 'x');
    const auto bytes = PacketWriter(PacketType::GetSetReply).add_text(Tag::Value, text).finish();
    const auto packet = parse_packet(as_bytes(bytes));
    REQUIRE(packet);
    const auto fields = parse_fields(packet->payload);
    REQUIRE(fields);
    REQUIRE(fields->size() == 1);
    CHECK(text_of(fields->front()) == text);
  }
}

TEST_CASE("what does not fit into a packet is cut off") {
  const std::string text(5000, 'x');
  const auto bytes = PacketWriter(PacketType::GetSetReply)
                         .add_closed_text(Tag::Name, "name")
                         .add_closed_text(Tag::Value, text)
                         .add_u32(Tag::LockKey, 7)
                         .finish();
  CHECK(bytes.size() <= kLongestPayload + kOverhead);
  const auto packet = parse_packet(as_bytes(bytes));
  REQUIRE(packet);
  const auto fields = parse_fields(packet->payload);
  REQUIRE(fields);
  REQUIRE(fields->size() == 2);
  CHECK(text_of((*fields)[1]).size() > 1400);
  CHECK((*fields)[1].value.back() == std::byte{0});
}

TEST_CASE("packets come out of a connection in any split") {
  std::string stream;
  for (const std::size_t size : {0U, 5U, 1000U, 1U})
    stream += PacketWriter(PacketType::GetSetRequest).add_text(Tag::Name, std::string(size, 'n')).finish();
  bool broken = false;
  const auto whole = hear(as_bytes(stream), stream.size(), broken);
  CHECK_FALSE(broken);
  CHECK(whole.size() > 1000);
  for (std::size_t chunk = 1; chunk < 40; ++chunk) {
    CAPTURE(chunk);
    CHECK(hear(as_bytes(stream), chunk, broken) == whole);
    CHECK_FALSE(broken);
  }
}

TEST_CASE("a connection that sends no packets is given up") {
  for (const char* bytes : {"0004ffff", "0004000100ffffffff"}) {
    CAPTURE(bytes);
    for (const std::size_t chunk : {1U, 100U}) {
      bool broken = false;
      CHECK(hear(from_hex(bytes), chunk, broken).empty());
      // A length that cannot be is seen with the next byte.
      CHECK(broken == (std::string_view(bytes).size() > 8));
    }
  }
}
