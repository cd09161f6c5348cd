// SPDX-License-Identifier: LGPL-2.1-or-later
#include "net/frame.hpp"

#include "base/text.hpp"

#include <doctest/doctest.h>
#include <random>
#include <vector>

using namespace relevo;
using namespace relevo::net;

namespace {

/// As a client sends it: masked.
std::string mask(std::string frame) {
  const auto length = static_cast<unsigned char>(frame[1]) & 0x7f;
  const std::size_t header = 2u + (length == 127 ? 8 : length == 126 ? 2 : 0);
  const std::string key = "\x01\x80\xff\x5a";
  frame[1] = static_cast<char>(frame[1] | 0x80);
  for (std::size_t i = header; i < frame.size(); ++i)
    frame[i] = static_cast<char>(frame[i] ^ key[(i - header) % 4]);
  return frame.insert(header, key);
}

struct Heard {
  std::vector<std::string> controls; // "9 payload"
  CloseCode verdict = CloseCode::Normal;

  bool operator==(const Heard&) const = default;
};

Heard hear(std::string_view bytes, std::mt19937* random = nullptr) {
  Heard heard;
  FrameReader reader;
  while (!bytes.empty() && heard.verdict == CloseCode::Normal) {
    const auto size = random ? std::min<std::size_t>(bytes.size(), (*random)() % 7) : bytes.size();
    heard.verdict =
        reader.push(as_bytes(bytes.substr(0, size)), [&](Opcode opcode, std::string_view payload) {
          heard.controls.push_back(concat(static_cast<int>(opcode), " ", payload));
        });
    bytes.remove_prefix(size);
  }
  return heard;
}

} // namespace

TEST_CASE("control frames come out whole, and data goes by, in every split") {
  const std::string bytes = mask(write_frame(Opcode::Ping, "")) + mask(write_frame(Opcode::Text, "hello")) +
                            mask(write_frame(Opcode::Ping, "one")) +
                            mask(write_frame(Opcode::Binary, std::string(300, 'x'))) +
                            mask(write_frame(Opcode::Continuation, std::string(65'536, 'y'))) +
                            mask(write_frame(Opcode::Pong, std::string(125, 'p'))) +
                            mask(write_close_frame(CloseCode::GoingAway, "bye"));
  const Heard whole = hear(bytes);
  CHECK(whole.verdict == CloseCode::Normal);
  CHECK(whole.controls == std::vector<std::string>{"9 ", "9 one", "10 " + std::string(125, 'p'),
                                                   "8 \x03\xe9"
                                                   "bye"});
  std::mt19937 random(1);
  for (int i = 0; i < 20; ++i)
    CHECK(hear(bytes, &random) == whole);
}

TEST_CASE("broken rules end a client") {
  const auto with = [](std::string frame, std::size_t at, int value) {
    frame[at] = static_cast<char>(value);
    return frame;
  };
  const std::string ping = mask(write_frame(Opcode::Ping, "abcd"));
  struct {
    std::string bytes;
    CloseCode verdict;
  } const cases[] = {
      {write_frame(Opcode::Ping, "abcd"), CloseCode::ProtocolError}, // unmasked
      {with(ping, 0, 0x09), CloseCode::ProtocolError},               // a part of a control frame
      {with(ping, 0, 0xc9), CloseCode::ProtocolError},               // a reserved bit
      {with(ping, 0, 0x83), CloseCode::ProtocolError},               // opcode 3
      {with(ping, 0, 0x8b), CloseCode::ProtocolError},               // opcode 11
      {with(mask(write_frame(Opcode::Text, std::string(126, 'x'))), 0, 0x89),
       CloseCode::ProtocolError}, // long
      {mask(write_frame(Opcode::Text, std::string(65'537, 'x'))), CloseCode::TooBig},
      {with(mask(write_frame(Opcode::Text, std::string(65'536, 'x'))), 2, 0x80), CloseCode::TooBig},
  };
  for (const auto& c : cases) {
    CAPTURE(static_cast<int>(c.bytes[0]));
    CHECK(hear(c.bytes).verdict == c.verdict);
    CHECK(hear(c.bytes).controls.empty());
  }
}

TEST_CASE("a frame is written with the shortest length") {
  CHECK(write_frame(Opcode::Text, "hi") == "\x81\x02hi");
  CHECK(write_frame(Opcode::Text, std::string(125, 'x')).substr(0, 2) == "\x81\x7d");
  CHECK(write_frame(Opcode::Text, std::string(126, 'x')).substr(0, 4) == std::string("\x81\x7e\x00\x7e", 4));
  CHECK(write_frame(Opcode::Text, std::string(65'535, 'x')).substr(0, 4) == "\x81\x7e\xff\xff");
  CHECK(write_frame(Opcode::Text, std::string(65'536, 'x')).substr(0, 10) ==
        std::string("\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10));
}

TEST_CASE("a long reason is cut between characters") {
  CHECK(write_close_frame(CloseCode::Normal, "") == "\x88\x02\x03\xe8");
  const auto cut = write_close_frame(CloseCode::Normal, std::string(122, 'a') + "\xc3\xa9");
  CHECK(cut.size() == 2 + 2 + 122);
  CHECK(write_close_frame(CloseCode::Normal, std::string(121, 'a') + "\xc3\xa9").size() == 2 + 2 + 123);
}
